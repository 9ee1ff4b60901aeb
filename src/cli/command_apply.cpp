#include "cli/change.h"
#include "cli/commands.h"
#include "cli/saved_plan.h"

namespace stackctl::cli {

int run_apply(const Options& options, World& world) {
  std::string saved;
  if (names_saved_plan(options, world, saved)) return apply_saved(saved, options, world);
  return with_lease(options, world, [&](Session& session, Screen& screen) -> int {
    const std::optional<Planned> planned = session.plan(session.stack().resources, options.plan);
    if (!planned) return kFailure;
    return carry_out(session, *planned, {"Apply", "Do you want to perform these actions?"}, options,
                     world, screen);
  });
}

}  // namespace stackctl::cli
