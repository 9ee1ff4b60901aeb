#include "cli/change.h"
#include "cli/commands.h"
#include "cli/plan_markdown.h"
#include "cli/saved_plan.h"

namespace stackctl::cli {
namespace {

/// False when the plan must not be applied.
bool show(const engine::Plan& plan, const Options& options, Screen& screen) {
  if (!options.markdown) return show_plan(plan, options, screen);
  screen.raw(plan_markdown(plan, options.max_bytes));
  return !has_errors(plan.faults);
}

}  // namespace

int run_plan(const Options& options, World& world) {
  if (options.plan.clean && !options.destroy) {
    Screen(options, world).fault(error("--clean goes with --destroy", "plan --destroy --clean"));
    return kFailure;
  }
  return with_session(options, world, [&](Session& session, Screen& screen) -> int {
    session.read_only();
    const std::vector<Declaration> nothing;
    const std::optional<Planned> planned =
        session.plan(options.destroy ? nothing : session.stack().resources, options.plan);
    if (!planned) return kFailure;
    const bool is_sound = show(planned->plan, options, screen);
    show_stats(session, planned->plan, nullptr, options, screen);
    if (world.interrupts() > 0) return kInterrupted;
    if (!is_sound) return kFailure;
    if (!options.plan_file.empty() && !save_plan(session, *planned, options, world, screen))
      return kFailure;
    const bool pending = options.detailed_exitcode && !planned->plan.empty();
    return pending ? kChangesPending : kSuccess;
  });
}

}  // namespace stackctl::cli
