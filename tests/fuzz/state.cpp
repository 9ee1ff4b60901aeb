// State files of the simulator.
#include <string>

#include "simulator/cloud.h"
#include "targets.h"

using namespace stackctl;

namespace fuzz {
namespace {

constexpr Time kNow{std::chrono::sys_days{std::chrono::year{2026} / 6 / 1}};

}  // namespace

void state(std::string_view input) {
  simulator::Cloud cloud({});
  const std::string before = cloud.save();
  const auto fault = cloud.load(input, kNow);
  if (fault) return require(cloud.save() == before, "a state that is refused changes nothing");
  simulator::Cloud other({});
  require(!other.load(cloud.save(), kNow), "what is saved can be loaded");
}

}  // namespace fuzz
