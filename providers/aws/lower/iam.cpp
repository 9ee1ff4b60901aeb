// IAM roles.
#include "aws/types/iam.h"

#include "aws/types/types.h"
#include "lowering_tools.h"
#include "lowerings.h"

namespace stackctl::aws {
namespace {

constexpr std::size_t kLongestName = 64;

/// Instances take a role on unless the stack file says who does.
Value trust_of_instances() {
  return Map{{"Version", "2012-10-17"},
             {"Statement", List{Map{{"Effect", "Allow"},
                                    {"Principal", Map{{"Service", "ec2.amazonaws.com"}}},
                                    {"Action", "sts:AssumeRole"}}}}};
}

void check(const Value& given, Diagnostics& faults) {
  if (given["editable"] == Value(false))
    faults.push_back(fault_at("editable", "AWS has no roles that cannot change", "remove it"));
  for (const Value& permission : given["permissions"].items())
    if (permission.text() != nullptr && !permission.text()->starts_with("arn:"))
      faults.push_back(fault_at("permissions",
                                "'" + *permission.text() + "' is no ARN of a policy of AWS",
                                "arn:aws:iam::aws:policy/NAME"));
}

}  // namespace

/// Beside a role for instances stands the profile by which they get it.
Lowered lower_iam_role(const Declaration& declaration, const LoweringContext& context) {
  const Value& given = declaration.attributes;
  const std::string name = short_name(context.physical_name(declaration.address), kLongestName);
  const bool is_for_instances = given["assume_policy"].is_null();
  Lowered lowered;
  Draft role(declaration.address, iam_role.resource);
  role.set("RoleName", name, "name");
  role.set("AssumeRolePolicyDocument",
           is_for_instances ? trust_of_instances() : given["assume_policy"], "assume_policy");
  role.set("Description", given["description"], "description");
  role.set("Policies", Map{{"policy", given["policy"]}}, "policy");
  role.set("PolicyArns", given["permissions"], "permissions");
  role.set("Tags", given["labels"], "labels");
  set_native(role, declaration, {"MaxSessionDuration"}, lowered.faults);
  check(given, lowered.faults);
  lowered.objects.push_back(std::move(role).finish());
  Value named = refer(declaration.address, "RoleName");
  if (is_for_instances && declaration.existing.is_null()) {
    Draft profile(declaration.address + "/profile", instance_profile.resource);
    profile.set("InstanceProfileName", name);
    profile.set("RoleName", refer(declaration.address));
    // The same name, but known once the profile is there.
    named = refer(profile.object.address, "InstanceProfileName");
    lowered.objects.push_back(std::move(profile).finish());
  }
  lowered.outputs = {{"", refer(declaration.address)},
                     {"id", refer(declaration.address)},
                     {"name", std::move(named)}};
  return lowered;
}

}  // namespace stackctl::aws
