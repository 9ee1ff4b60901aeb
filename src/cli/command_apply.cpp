#include "cli/change.h"
#include "cli/commands.h"

namespace stackctl::cli {

int run_apply(const Options& options, World& world) {
  return with_session(options, world, [&](Session& session, Screen& screen) -> int {
    const std::optional<Planned> planned = session.plan(session.stack().resources, options.plan);
    if (!planned) return kFailure;
    return carry_out(session, *planned, {"Apply", "Do you want to perform these actions?"}, options,
                     world, screen);
  });
}

}  // namespace stackctl::cli
