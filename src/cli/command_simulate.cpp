#include "cli/commands.h"
#include "cli/screen.h"
#include "stackctl/text.h"

namespace stackctl::cli {

int run_simulate(const Options& options, World& world) {
  Screen screen(options, world);
  if (options.service.provider.empty()) {
    screen.fault(
        error("which cloud is to be simulated?", "for example: stackctl simulate exoscale"));
    return kFailure;
  }
  if (!options.service.faults.empty()) screen.note(faults_text(options.service));
  const Result<bool> served =
      world.serve(options.service, [&](std::string_view commands) { screen.raw(commands); });
  if (served) return kSuccess;
  screen.fault(served.fault());
  return kFailure;
}

}  // namespace stackctl::cli
