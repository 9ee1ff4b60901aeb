// What the options of a plan say of it, checked.
#include <set>
#include <string>

#include "engine/planning.h"
#include "stackctl/address.h"
#include "stackctl/text.h"

namespace stackctl::engine {
namespace {

/// The resources of the stack file, and those that the stack still owns.
std::set<std::string, std::less<>> known_names(const Planning& planning) {
  std::set<std::string, std::less<>> known;
  const auto add = [&](std::string_view resource) {
    known.emplace(resource);
    known.emplace(declared_name(resource));
  };
  for (const DesiredObject& object : planning.desired.objects) add(object.resource);
  for (const auto& [object, binding] : planning.live.objects)
    if (owned_by(object, planning.desired.stack)) add(resource_of(object.mark->address));
  return known;
}

}  // namespace

void check_names(Planning& planning) {
  const PlanOptions& options = planning.options;
  if (options.targets.empty() && options.excludes.empty() && options.replace.empty()) return;
  const std::set<std::string, std::less<>> known = known_names(planning);
  const std::vector<std::string_view> candidates(known.begin(), known.end());
  for (const auto* const names : {&options.targets, &options.excludes, &options.replace})
    for (const std::string& name : *names)
      if (!known.contains(name))
        planning.plan.faults.push_back(
            error("there is no resource '" + name + "'", suggest(name, candidates)));
}

void check_max_destroy(Planning& planning) {
  const std::size_t destroyed = planning.plan.summary().destroy;
  const auto& most = planning.options.max_destroy;
  if (!most || destroyed <= *most) return;
  planning.plan.faults.push_back(error("the plan destroys " + std::to_string(destroyed) +
                                           (destroyed == 1 ? " object" : " objects") +
                                           ", more than --max-destroy " + std::to_string(*most),
                                       "look at the plan; raise the limit if it is what you want"));
}

}  // namespace stackctl::engine
