#include "cli/belongings.h"
#include "cli/change.h"
#include "cli/commands.h"

namespace stackctl::cli {
namespace {

Text leftovers_text(const std::vector<const LiveObject*>& left) {
  Text text;
  text.line(counted(left.size(), "object") + " of the stack " + (left.size() == 1 ? "is" : "are") +
                " left:",
            Label::error);
  for (const LiveObject* object : left) {
    text.add("  - " + name_of(*object) + " (" + std::string(object->type->name) +
             ") [id=" + object->id + "]");
    text.line(object->state.empty() ? "" : ", state " + harmless(object->state));
  }
  return text;
}

/// Looks again, whatever the steps reported. Returns the exit code.
int prove(Session& session, Screen& screen) {
  engine::Desired nothing;
  nothing.stack = session.stack().name;
  const engine::Live live = session.refresh(nothing);
  screen.faults(live.faults);
  const std::vector<const LiveObject*> left = belongings(live, nothing.stack);
  const bool is_clean = left.empty() && !has_errors(live.faults);
  if (screen.is_json()) {
    List ids;
    for (const LiveObject* object : left) ids.emplace_back(object->id);
    screen.record("proof", {{"clean", is_clean},
                            {"left", std::move(ids)},
                            {"objects", static_cast<std::int64_t>(live.objects.size())},
                            {"calls", static_cast<std::int64_t>(live.calls)}});
  } else if (!left.empty()) {
    screen.note(leftovers_text(left));
  } else if (is_clean) {
    screen.data(Text().line("Nothing of stack " + nothing.stack + " is left: looked at " +
                                counted(live.objects.size(), "object") + " in " +
                                counted(live.calls, "listing") + ".",
                            Label::good));
  }
  return is_clean ? kSuccess : kFailure;
}

/// What retention leaves, and the final snapshots just made.
void tell_kept(const engine::Plan& plan, Screen& screen) {
  const std::size_t left = plan.kept.size() + plan.summary().add;
  if (left == 0 || screen.is_json()) return;
  screen.note(Text().line(counted(left, "object") + " of stack " + plan.stack +
                          (left == 1 ? " is" : " are") +
                          " kept and may cost money; 'destroy --clean' removes " +
                          (left == 1 ? "it" : "them") + " too."));
}

}  // namespace

int run_destroy(const Options& options, World& world) {
  return with_session(options, world, [&](Session& session, Screen& screen) -> int {
    session.stack().outputs.clear();
    engine::PlanOptions how = options.plan;
    how.clean = options.clean;
    const std::optional<Planned> planned = session.plan({}, how);
    if (!planned) return kFailure;
    const int code =
        carry_out(session, *planned, {"Destroy", "Do you really want to destroy all of this?"},
                  options, world, screen);
    if (options.clean && code == kSuccess) return prove(session, screen);
    if (code == kSuccess) tell_kept(planned->plan, screen);
    return code;
  });
}

}  // namespace stackctl::cli
