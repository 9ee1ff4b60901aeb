#include "cli/change.h"
#include "cli/commands.h"
#include "cli/drift.h"
#include "cli/drift_text.h"

namespace stackctl::cli {
namespace {

void show(const engine::Plan& plan, const Drift& drift, const Options& options, Screen& screen) {
  if (options.json) return screen.record("drift", drift_record(plan, drift));
  screen.faults(plan.faults);
  if (has_errors(plan.faults) && plan.empty()) return;
  if (options.markdown) return screen.raw(drift_markdown(plan, drift, options.max_bytes));
  screen.data(drift_text(plan, drift));
}

}  // namespace

int run_drift(const Options& options, World& world) {
  return with_session(options, world, [&](Session& session, Screen& screen) -> int {
    session.read_only();
    const std::optional<Planned> planned = session.plan(session.stack().resources, options.plan);
    if (!planned) return kFailure;
    const Drift drift = find_drift(*planned);
    show(planned->plan, drift, options, screen);
    show_stats(session, planned->plan, nullptr, options, screen);
    if (world.interrupts() > 0) return kInterrupted;
    return has_errors(planned->plan.faults) ? int{kFailure} : exit_code_of(drift);
  });
}

}  // namespace stackctl::cli
