#include "support/echo.h"

#include <utility>

namespace support {

using namespace stackctl;

void Echo::start(std::size_t id, const engine::Command& command) {
  commands.push_back(command.arguments.empty() ? std::string() : command.arguments.back());
  ended_.push_back({id, std::string()});
}

std::optional<engine::Ended> Echo::ended() {
  if (ended_.empty()) return std::nullopt;
  engine::Ended last = std::move(ended_.back());
  ended_.pop_back();
  return last;
}

}  // namespace support
