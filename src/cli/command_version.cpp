#include "cli/commands.h"

namespace stackctl::cli {

int run_version(const Options&, World& world) {
  world.out("stackctl " + std::string(world.version) + "\n");
  return kSuccess;
}

}  // namespace stackctl::cli
