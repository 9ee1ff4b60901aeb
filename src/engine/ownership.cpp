// Objects that others made: which the stack may take over, and what its policies ask of its own.
#include <algorithm>

#include "engine/planning.h"

namespace stackctl::engine {

std::optional<Diagnostic> refuse_adoption(const LiveObject& object) {
  if (object.mark)
    return error("it belongs to stack '" + object.mark->stack + "' already",
                 "let that stack go of it first");
  if (keeps_spec(*object.type)) return std::nullopt;
  return error(
      "no " + std::string(object.type->name) + " can be adopted: its mark is fixed when it is made",
      "use it with 'existing', or let the stack make its own");
}

std::vector<std::size_t> adopted(Planning& planning, const DesiredObject& object) {
  const std::string& wanted = object.declared->lifecycle.adopt;
  if (!is_main(object) || wanted.empty()) return {};
  for (std::size_t i = 0; i < planning.live.objects.size(); ++i) {
    const auto& [candidate, binding] = planning.live.objects[i];
    if (candidate.type != object.object.type || binding != object.binding || candidate.id != wanted)
      continue;
    if (std::optional<Diagnostic> refusal = refuse_adoption(candidate))
      planning.fault(object, *std::move(refusal));
    else
      return {i};
    return {};
  }
  planning.fault(object, error("there is no " + std::string(object.object.type->name) +
                                   " with id " + wanted + " to adopt",
                               "the cloud's own console shows the ids"));
  return {};
}

void check_adoption(Planning& planning, const DesiredObject& object, const LiveObject& there) {
  const std::string& wanted = is_main(object) ? object.declared->lifecycle.adopt : there.id;
  if (wanted.empty() || wanted == there.id) return;
  const auto is_it = [&](const BoundObject& bound) {
    return bound.object.type == there.type && bound.object.id == wanted;
  };
  if (std::ranges::none_of(planning.live.objects, is_it)) return;  // replaced meanwhile
  planning.fault(object,
                 error("it cannot adopt " + wanted + ": it has an object already, " + there.id,
                       "take 'adopt' out, or delete one of the two"));
}

void check_policy(Planning& planning, const DesiredObject& object) {
  const ResourceType& type = *object.object.type;
  const OnDelete policy = object.declared->lifecycle.on_delete;
  const std::string none = "no " + std::string(type.name);
  if (policy == OnDelete::snapshot && type.final_snapshot == nullptr)
    return planning.fault(object, error(none + " can leave a snapshot behind",
                                        "on_delete: retain keeps the object itself"));
  if (keeps_spec(type)) return;
  if (policy == OnDelete::retain)
    return planning.fault(object, error(none + " can remember that it is to be retained",
                                        "to keep it, leave it in the stack file"));
  if (object.declared->lifecycle.protect != true || type.has_protection) return;
  Diagnostic warning = error(none + " can remember that it is protected",
                             "it is protected only as long as the stack file says so");
  warning.severity = Severity::warning;
  planning.fault(object, std::move(warning));
}

}  // namespace stackctl::engine
