#include "lowering_tools.h"

#include <algorithm>

#include "stackctl/text.h"

namespace stackctl::exoscale {

Draft::Draft(std::string address, const Type& type) {
  object.address = std::move(address);
  object.type = &type.resource;
}

void Draft::set(std::string_view attribute, Value value, std::string_view origin) {
  if (value.is_null()) return;
  attributes.insert_or_assign(std::string(attribute), std::move(value));
  if (!origin.empty() && origin != attribute)
    origins.insert_or_assign(std::string(attribute), std::string(origin));
}

Object Draft::finish() && {
  object.attributes = std::move(attributes);
  if (!origins.empty()) object.origins = std::make_shared<const Origins>(std::move(origins));
  return std::move(object);
}

Diagnostic fault_at(std::string path, std::string summary, std::string hint) {
  Diagnostic fault = error(std::move(summary), std::move(hint));
  fault.path = std::move(path);
  return fault;
}

void set_native(Draft& draft, const Declaration& declaration,
                const std::vector<std::string_view>& allowed, Diagnostics& faults, Schema more) {
  if (declaration.native.is_null()) return;
  Schema schema = std::move(more);
  for (const Attribute& attribute : draft.object.type->schema) {
    if (std::ranges::find(allowed, attribute.name) == allowed.end()) continue;
    schema.push_back(attribute);
    schema.back().standard = {};  // only what is written there counts as declared
    schema.back().is_required = false;
  }
  Diagnostics found;
  const Value checked = validate(declaration.native, schema, found);
  for (Diagnostic& fault : found) {
    fault.path = fault.path.empty() ? "exoscale" : "exoscale." + fault.path;
    faults.push_back(std::move(fault));
  }
  if (checked.map() == nullptr) return;
  for (const auto& [name, value] : *checked.map())
    if (find(draft.object.type->schema, name)) draft.set(name, value, "exoscale." + name);
}

std::string host_name(std::string_view physical_name) {
  std::string name = to_lower(physical_name);
  std::ranges::replace_if(
      name, [](char c) { return !((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'); },
      '-');
  while (name.ends_with('-')) name.pop_back();
  return name;
}

}  // namespace stackctl::exoscale
