#include "stackctl/lowering.h"

#include <algorithm>

namespace stackctl {

Draft::Draft(std::string address, const ResourceType& type) {
  object.address = std::move(address);
  object.type = &type;
}

void Draft::set(std::string_view attribute, Value value, std::string_view origin) {
  // Also where nothing is declared: `existing` asks where a name would have gone.
  if (!origin.empty() && origin != attribute)
    origins.insert_or_assign(std::string(attribute), std::string(origin));
  if (!value.is_null()) attributes.insert_or_assign(std::string(attribute), std::move(value));
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

namespace {

/// Types are named "CLOUD.TYPE", and so is the block of the stack file.
std::string_view cloud_of(const ResourceType& type) {
  return type.name.substr(0, type.name.find('.'));
}

}  // namespace

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
  const std::string block(cloud_of(*draft.object.type));
  const std::string within = block + '.';
  Diagnostics found;
  const Value checked = validate(declaration.native, schema, found);
  for (Diagnostic& fault : found) {
    fault.path = fault.path.empty() ? block : within + fault.path;
    faults.push_back(std::move(fault));
  }
  if (checked.map() == nullptr) return;
  for (const auto& [name, value] : *checked.map())
    if (find(draft.object.type->schema, name)) draft.set(name, value, within + name);
}

}  // namespace stackctl
