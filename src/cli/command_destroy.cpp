#include <algorithm>
#include <set>
#include <string_view>

#include "cli/belongings.h"
#include "cli/change.h"
#include "cli/commands.h"
#include "stackctl/address.h"

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

/// What is left besides the resources that the user wanted to be left out.
std::vector<const LiveObject*> leftovers(const engine::Live& live, const engine::Plan& plan) {
  std::set<std::string_view> left_out;
  for (const engine::Kept& kept : plan.kept)
    if (!kept.is_leftover) left_out.insert(resource_of(kept.address));
  std::vector<const LiveObject*> left = belongings(live, plan.stack);
  std::erase_if(left, [&](const LiveObject* object) {
    return object->mark && left_out.contains(resource_of(object->mark->address));
  });
  return left;
}

/// Looks again, whatever the steps reported. Returns the exit code.
int prove(Session& session, const engine::Plan& plan, Screen& screen) {
  engine::Desired nothing;
  nothing.stack = plan.stack;
  const engine::Live live = session.refresh(nothing);
  screen.faults(live.faults);
  const std::vector<const LiveObject*> left = leftovers(live, plan);
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
    const bool is_all = std::ranges::all_of(plan.kept, &engine::Kept::is_leftover);
    screen.data(Text().line("Nothing " + std::string(is_all ? "" : "else ") + "of stack " +
                                nothing.stack + " is left: looked at " +
                                counted(live.objects.size(), "object") + " in " +
                                counted(live.calls, "listing") + ".",
                            Label::good));
  }
  return is_clean ? kSuccess : kFailure;
}

/// What retention leaves, and the final snapshots just made.
void tell_kept(const engine::Plan& plan, Screen& screen) {
  const auto leftovers = std::ranges::count_if(plan.kept, &engine::Kept::is_leftover);
  const std::size_t left = static_cast<std::size_t>(leftovers) + plan.summary().add;
  if (left == 0 || screen.is_json()) return;
  screen.note(Text().line(counted(left, "object") + " of stack " + plan.stack +
                          (left == 1 ? " is" : " are") +
                          " kept and may cost money; 'destroy --clean' removes " +
                          (left == 1 ? "it" : "them") + " too."));
}

}  // namespace

int run_destroy(const Options& options, World& world) {
  return with_lease(options, world, [&](Session& session, Screen& screen) -> int {
    session.stack().outputs.clear();
    engine::PlanOptions how = options.plan;
    how.clean = options.clean;
    const std::optional<Planned> planned = session.plan({}, how);
    if (!planned) return kFailure;
    const int code =
        carry_out(session, *planned, {"Destroy", "Do you really want to destroy all of this?"},
                  options, world, screen);
    if (options.clean && code == kSuccess) return prove(session, planned->plan, screen);
    if (code == kSuccess) tell_kept(planned->plan, screen);
    return code;
  });
}

}  // namespace stackctl::cli
