// aws.instance_profile: how an instance gets its role. No list shows its tags, so its path bears
// the mark.
#include "iam.h"
#include "types.h"
#include "wire.h"

namespace stackctl::aws {
namespace {

std::vector<LiveObject> decode(const ResourceType& type, const Value& listed, Diagnostics& faults) {
  std::vector<LiveObject> profiles;
  for_each_item(type, listed["instance_profiles"], faults, [&](const Value& item) {
    LiveObject& profile = profiles.emplace_back(decode_object(type, item, "InstanceProfileName"));
    for (const Value& role : items_of(item["Roles"]))
      profile.attributes.map()->insert_or_assign("RoleName", role["RoleName"]);
    profile.mark = identity::mark_in_path(item.text_at("Path"));
    profile.created = item.text_at("CreateDate");
  });
  return profiles;
}

Call create(const Api& api, const Work& work) {
  Map parameters = encode_declared(*work.type, work.desired);
  parameters.insert_or_assign("Path", identity::path_of(work.mark));
  return api.create(iam, "CreateInstanceProfile", parameters);
}

Map pair(const LiveObject& profile, const Value& role) {
  return {{"InstanceProfileName", profile.id}, {"RoleName", role}};
}

/// There is room for one role.
std::vector<Call> update(const Api& api, const Work& work, const LiveObject& live) {
  const Value& there = live.attributes["RoleName"];
  const Value& wanted = work.desired["RoleName"];
  std::vector<Call> calls;
  if (there == wanted) return calls;
  if (!there.is_null())
    calls.push_back(api.change(iam, "RemoveRoleFromInstanceProfile", pair(live, there)));
  // A second time it would be refused.
  calls.push_back(api.create(iam, "AddRoleToInstanceProfile", pair(live, wanted)));
  return calls;
}

std::vector<Call> remove(const Api& api, const LiveObject& live) {
  std::vector<Call> calls;
  if (const Value& role = live.attributes["RoleName"]; !role.is_null())
    calls.push_back(api.change(iam, "RemoveRoleFromInstanceProfile", pair(live, role)));
  calls.push_back(api.change(iam, "DeleteInstanceProfile", Map{{"InstanceProfileName", live.id}}));
  return calls;
}

}  // namespace

extern const Type instance_profile{
    .resource =
        {
            .name = "aws.instance_profile",
            .help = "A role as instances are given it.",
            .schema =
                {
                    text("InstanceProfileName", "Name in the account")
                        .required()
                        .replaces()
                        .physical_name(),
                    ref("RoleName", "aws.iam_role", "The role").required().late(),
                    output("id", "Its name"),
                    output("Arn", "Its name for other services"),
                },
            .listing = "instance_profiles",
            .marked = Marked::description,
            .carrier = "path",
            .key = {"InstanceProfileName"},
            .key_is_unique = true,
            .typical = std::chrono::seconds{5},
            .typical_removal = std::chrono::seconds{2},
            .rank = 1,
        },
    .service = &iam,
    .decode = decode,
    .create = create,
    .update = update,
    .remove = remove,
    .created_id = "InstanceProfile/InstanceProfileName",
};

}  // namespace stackctl::aws
