// What is told of lookups that find nothing, or too much.
#include <algorithm>
#include <set>
#include <span>

#include "engine/planning.h"
#include "stackctl/text.h"

namespace stackctl::engine {
namespace {

constexpr std::size_t kNamed = 3;

/// "`what` toy.network with name shared, range 10", placed at the last of these.
Diagnostic told(const std::string& what, const ResourceType& type, const Value& attributes) {
  Diagnostic fault = error(what + ' ' + std::string(type.name) + " with");
  for (const Attribute& attribute : type.schema) {
    const Value& wanted = attributes[attribute.name];
    if (wanted.is_null()) continue;
    if (!fault.path.empty()) fault.summary += ",";
    fault.summary += " " + std::string(attribute.name) + " " + display(wanted);
    fault.path = attribute.name;
  }
  return fault;
}

std::string nearest_names(const Planning& planning, const DesiredObject& lookup,
                          const Value& attributes) {
  std::set<std::string_view> names;
  for (const auto& [candidate, binding] : planning.live.objects)
    if (binding == lookup.binding && candidate.type == lookup.object.type)
      names.insert(own_name(*candidate.type, candidate.attributes));
  const std::vector<std::string_view> candidates(names.begin(), names.end());
  const std::string_view near = nearest(own_name(*lookup.object.type, attributes), candidates);
  return near.empty() ? "" : "did you mean '" + std::string(near) + "'?";
}

/// "shared (vpc-1)"
std::string name_and_id(const LiveObject& object) {
  const std::string_view name = own_name(*object.type, object.attributes);
  if (name.empty() || name == object.id) return object.id;
  return std::string(name).append(" (").append(object.id).append(")");
}

}  // namespace

Diagnostic not_found(const Planning& planning, const DesiredObject& lookup,
                     const Value& attributes) {
  Diagnostic fault = told("there is no", *lookup.object.type, attributes);
  fault.hint = nearest_names(planning, lookup, attributes);
  return fault;
}

Diagnostic ambiguous(const Planning& planning, const DesiredObject& lookup, const Value& attributes,
                     const std::vector<std::size_t>& found) {
  Diagnostic fault = told("there is more than one", *lookup.object.type, attributes);
  std::vector<std::string> names;
  for (const std::size_t i : std::span(found).first(std::min(found.size(), kNamed)))
    names.push_back(name_and_id(planning.live.objects[i].object));
  if (found.size() > kNamed) names.push_back(std::to_string(found.size() - kNamed) + " more");
  fault.summary += ": " + join(names, ", ");
  fault.hint = is_main(lookup) ? "give the id of the one that is meant: existing: {id: ...}"
                               : "give the id of the one that is meant";
  return fault;
}

}  // namespace stackctl::engine
