#include "engine/duplicates.h"

#include <map>
#include <optional>
#include <string>
#include <tuple>

#include "stackctl/json.h"

namespace stackctl::engine {
namespace {

std::string identity(const Value& value, const Attribute& attribute) {
  if (const Reference* reference = value.reference())
    return reference->target + " " + reference->attribute;
  return json::write(canonical(value, attribute), json::Secrets::revealed);
}

/// What tells it from others of its type; nothing while that is not known.
std::optional<std::string> key_of(const DesiredObject& desired) {
  const ResourceType& type = *desired.object.type;
  std::string key;
  const auto add = [&](std::string_view name) {
    const Attribute* const attribute = find(type.schema, name);
    const Value& value = desired.object.attributes[name];
    if (attribute == nullptr || !(value.is_known() || value.reference() != nullptr)) return false;
    key += identity(value, *attribute) + '\n';
    return true;
  };
  if (!type.parent.empty() && !add(type.parent)) return std::nullopt;
  for (const std::string_view name : type.key)
    if (!add(name)) return std::nullopt;
  return key;
}

Diagnostic same_object(const DesiredObject& first, const DesiredObject& second) {
  Diagnostic fault = error("it would be the same " + std::string(second.object.type->name) +
                               " as '" + first.object.address + "'",
                           "take one of the two out, or tell them apart by");
  for (const std::string_view name : second.object.type->key)
    fault.hint += (name == second.object.type->key.front() ? " " : ", ") + std::string(name);
  fault.address = second.object.address;
  fault.location = second.declared->location;
  return fault;
}

}  // namespace

void check_duplicates(Desired& desired) {
  using Identity = std::tuple<std::size_t, const ResourceType*, std::string>;
  std::map<Identity, const DesiredObject*> known;
  for (const DesiredObject& object : desired.objects) {
    if (object.object.is_lookup || !object.object.type->key_is_unique) continue;
    std::optional<std::string> key = key_of(object);
    if (!key) continue;
    const auto [place, is_new] =
        known.try_emplace({object.binding, object.object.type, *std::move(key)}, &object);
    if (!is_new) desired.faults.push_back(same_object(*place->second, object));
  }
}

}  // namespace stackctl::engine
