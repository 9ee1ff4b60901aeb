#include <algorithm>

#include "cli/change.h"
#include "cli/commands.h"
#include "stackctl/text.h"

namespace stackctl::cli {
namespace {

Diagnostic no_such_resource(const stack::Stack& stack, const std::string& address) {
  std::vector<std::string_view> names;
  for (const Declaration& declaration : stack.resources) names.push_back(declaration.address);
  return error("there is no resource '" + address + "' in stack " + stack.name,
               suggest(address, names));
}

/// As if the stack file said `adopt: ID`.
std::optional<Diagnostic> declare_adoption(const Options& options, stack::Stack& stack) {
  const auto found =
      std::find_if(stack.resources.begin(), stack.resources.end(),
                   [&](const Declaration& each) { return each.address == options.subject; });
  if (found == stack.resources.end()) return no_such_resource(stack, options.subject);
  if (!found->existing.is_null())
    return error("'" + options.subject + "' is only looked up (existing): it cannot be adopted",
                 "declare its attributes instead of 'existing'");
  found->lifecycle.adopt = options.id;
  return std::nullopt;
}

/// An id in the file may be one that was replaced meanwhile; an id just typed may not.
std::optional<Diagnostic> other_object(const Options& options, const Planned& planned) {
  const auto owns_another = [&](const engine::BoundObject& bound) {
    return engine::owned_by(bound.object, planned.plan.stack) &&
           bound.object.mark->address == options.subject && bound.object.id != options.id;
  };
  const auto other = std::ranges::find_if(planned.live.objects, owns_another);
  if (other == planned.live.objects.end()) return std::nullopt;
  return error("'" + options.subject + "' cannot adopt " + options.id +
               ": it has an object already, " + other->object.id);
}

}  // namespace

int run_adopt(const Options& options, World& world) {
  if (options.subject.empty() || options.id.empty()) {
    Screen(options, world)
        .fault(error("adopt wants ADDRESS ID", "for example: stackctl adopt web 5c2e26fb-..."));
    return kFailure;
  }
  return with_lease(options, world, [&](Session& session, Screen& screen) -> int {
    if (const auto fault = declare_adoption(options, session.stack()))
      return screen.fault(*fault), kFailure;
    engine::PlanOptions selection = options.plan;
    selection.targets.push_back(options.subject);
    const std::optional<Planned> planned = session.plan(session.stack().resources, selection);
    if (!planned) return kFailure;
    if (const auto fault = other_object(options, *planned)) return screen.fault(*fault), kFailure;
    const std::string question = "Do you want to adopt " + options.id + " as " + options.subject +
                                 ", and make these changes?";
    return carry_out(session, *planned, {"Apply", question}, options, world, screen);
  });
}

}  // namespace stackctl::cli
