#include "cli/change.h"
#include "cli/commands.h"

namespace stackctl::cli {

int run_plan(const Options& options, World& world) {
  return with_session(options, world, [&](Session& session, Screen& screen) -> int {
    session.read_only();
    const std::optional<Planned> planned = session.plan(session.stack().resources, options.plan);
    if (!planned) return kFailure;
    const bool is_sound = show_plan(planned->plan, options, screen);
    show_stats(session, planned->plan, nullptr, options, screen);
    if (world.interrupts() > 0) return kInterrupted;
    if (!is_sound) return kFailure;
    const bool pending = options.detailed_exitcode && !planned->plan.empty();
    return pending ? kChangesPending : kSuccess;
  });
}

}  // namespace stackctl::cli
