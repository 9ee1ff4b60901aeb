// aws.instance_profile: how an instance gets its role. No list shows its tags, so its path bears
// the mark.
#include "aws/api/wire.h"
#include "iam.h"
#include "types.h"

namespace stackctl::aws {
namespace {

Map pair(const LiveObject& profile, const Value& role) {
  return {{"InstanceProfileName", profile.id}, {"RoleName", role}};
}

bool is_one(const Value& shown, const Value& listed) {
  return !identity::is_told_twice(shown, listed);
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

std::vector<Call> empty(const Api& api, const LiveObject& live) {
  const Value& role = live.attributes["RoleName"];
  if (role.is_null()) return {};
  return {api.change(iam, "RemoveRoleFromInstanceProfile", pair(live, role))};
}

}  // namespace

extern const Type instance_profile{
    .resource =
        {
            .name = "aws.instance_profile",
            .help = "A role as instances are given it.",
            .schema =
                {
                    fixed_name("InstanceProfileName", "Name in the account"),
                    // Roles tell what profiles they are in; those without one are listed apart.
                    ref("RoleName", "aws.iam_role", "The role")
                        .required()
                        .late()
                        .told_by("instance_profiles"),
                    output("id", "Its name"),
                    output("Arn", "Its name for other services"),
                },
            .listing = "iam instance_profiles",
            .marked = Marked::description,
            .carrier = "path",
            .key = {"InstanceProfileName"},
            .key_is_unique = true,
            .typical = std::chrono::seconds{5},
            .typical_removal = std::chrono::seconds{2},
            .rank = 1,
        },
    .service = &iam,
    .shown = {.list = "iam",
              .inside = identity::kProfiles,
              .id = "InstanceProfileName",
              .created = "CreateDate",
              .elsewhere = {{"RoleName", "Roles/member/RoleName"}},
              .is_one = is_one,
              .complete = identity::take_mark_of_path},
    .creation = {.action = "CreateInstanceProfile", .prepare = identity::write_path},
    .update = update,
    .removal = {"DeleteInstanceProfile", {"InstanceProfileName"}, empty},
    .created_id = "InstanceProfile/InstanceProfileName",
};

}  // namespace stackctl::aws
