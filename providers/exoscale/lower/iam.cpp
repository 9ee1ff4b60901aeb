// IAM roles and API keys.
#include "exoscale/api/marks.h"
#include "exoscale/types/types.h"
#include "lowering_tools.h"
#include "lowerings.h"
#include "stackctl/text.h"

namespace stackctl::exoscale {

Lowered lower_iam_role(const Declaration& declaration, const LoweringContext& context) {
  const Value& given = declaration.attributes;
  Lowered lowered;
  Draft role(declaration.address, iam_role.resource);
  role.set("name", context.physical_name(declaration.address));
  for (const std::string_view name : {"description", "policy", "permissions", "labels", "editable"})
    role.set(name, given[name]);
  role.set("assume-role-policy", given["assume_policy"], "assume_policy");
  set_native(role, declaration, {}, lowered.faults);
  lowered.objects.push_back(std::move(role).finish());
  lowered.outputs = {{"", refer(declaration.address)},
                     {"id", refer(declaration.address)},
                     {"name", refer(declaration.address, "name")}};
  return lowered;
}

Lowered lower_api_key(const Declaration& declaration, const LoweringContext& context) {
  const Value& role = declaration.attributes["role"];
  Lowered lowered;
  Draft key(declaration.address, api_key.resource);
  key.set("name", marked_name(context.stack, declaration.address));
  key.set("role-id", role, "role");
  if (role.text() != nullptr) {
    Draft lookup(declaration.address + "/role", iam_role.resource);
    lookup.object.is_lookup = true;
    lookup.set(is_uuid(*role.text()) ? "id" : "name", role, "role");
    key.set("role-id", refer(lookup.object.address), "role");
    lowered.objects.push_back(std::move(lookup).finish());
  }
  set_native(key, declaration, {}, lowered.faults);
  lowered.objects.insert(lowered.objects.begin(), std::move(key).finish());
  lowered.outputs = {{"", refer(declaration.address)},
                     {"id", refer(declaration.address)},
                     {"key", refer(declaration.address, "key")},
                     {"secret", refer(declaration.address, "secret")}};
  return lowered;
}

}  // namespace stackctl::exoscale
