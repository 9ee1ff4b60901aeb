#include "cli/change.h"
#include "cli/commands.h"
#include "cli/explain.h"

namespace stackctl::cli {

int run_explain(const Options& options, World& world) {
  if (options.subject.empty()) {
    Screen(options, world)
        .fault(error("explain what?", "give an address: stackctl explain stack.yaml web"));
    return kFailure;
  }
  return with_session(options, world, [&](Session& session, Screen& screen) -> int {
    session.read_only();
    const std::optional<Planned> planned = session.plan(session.stack().resources, options.plan);
    if (!planned) return kFailure;
    screen.faults(planned->plan.faults);
    const Result<Explanation> result = explain(options.subject, session.stack(), *planned);
    if (!result) return screen.fault(result.fault()), kFailure;
    if (screen.is_json())
      screen.record("explanation", explanation_record(*result));
    else
      screen.data(explanation_text(*result, planned->plan));
    return has_errors(planned->plan.faults) ? kFailure : kSuccess;
  });
}

}  // namespace stackctl::cli
