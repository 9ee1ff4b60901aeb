// The user's commands in tests: none is run.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/commands.h"

namespace support {

/// Does as if it had run what it is given, and remembers the last word of each.
class Echo final : public stackctl::engine::Commands {
 public:
  void start(std::size_t id, const stackctl::engine::Command& command) override;
  std::optional<stackctl::engine::Ended> ended() override;
  void cancel_all() override { ended_.clear(); }

  std::vector<std::string> commands;

 private:
  std::vector<stackctl::engine::Ended> ended_;
};

}  // namespace support
