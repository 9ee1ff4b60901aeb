// aws.iam_role: its own policies and those attached to it are attributes.
#include <algorithm>

#include "iam.h"
#include "stackctl/text.h"
#include "tagging.h"
#include "types.h"
#include "wire.h"

namespace stackctl::aws {
namespace {

LiveObject role_in(const ResourceType& type, const Value& item) {
  LiveObject role = decode_object(type, item, "RoleName");
  Map own;
  for (const Value& policy : items_of(item["RolePolicyList"]))
    own.insert_or_assign(std::string(policy.text_at("PolicyName")),
                         identity::document_in(policy["PolicyDocument"]));
  List attached;
  for (const Value& policy : items_of(item["AttachedManagedPolicies"]))
    attached.push_back(policy["PolicyArn"]);
  Map& attributes = *role.attributes.map();
  attributes.insert_or_assign("Policies", std::move(own));
  attributes.insert_or_assign("PolicyArns", std::move(attached));
  attributes.insert_or_assign("AssumeRolePolicyDocument",
                              identity::document_in(item["AssumeRolePolicyDocument"]));
  role.created = item.text_at("CreateDate");
  return role;
}

std::vector<LiveObject> decode(const ResourceType& type, const Value& listed, Diagnostics& faults) {
  std::vector<LiveObject> roles;
  for_each_item(type, listed["iam"], faults, [&](const Value& page) {
    for (const Value& item : items_of(page["RoleDetailList"]))
      // Those of AWS's services are nobody else's business.
      if (!item.text_at("Path").starts_with("/aws-service-role/"))
        roles.push_back(role_in(type, item));
  });
  return roles;
}

Call create(const Api& api, const Work& work) {
  Map parameters = encode_declared(*work.type, work.desired);
  parameters.insert_or_assign("AssumeRolePolicyDocument",
                              identity::document_text(work.desired["AssumeRolePolicyDocument"]));
  parameters.insert_or_assign("Tags", tag_list(work));
  return api.create(iam, "CreateRole", parameters);
}

void change_own(const Api& api, const Value& wanted, const LiveObject& live,
                std::vector<Call>& calls) {
  const auto call = [&](std::string_view action, const std::string& name, const Value& document) {
    calls.push_back(
        api.change(iam, action,
                   Map{{"RoleName", live.id}, {"PolicyName", name}, {"PolicyDocument", document}}));
  };
  static const Map none;
  const Map& there = live.attributes["Policies"].map() ? *live.attributes["Policies"].map() : none;
  const Map& asked = wanted.map() == nullptr ? none : *wanted.map();
  for (const auto& [name, document] : asked)
    if (identity::plain_document(document) !=
        identity::plain_document(live.attributes["Policies"][name]))
      call("PutRolePolicy", name, identity::document_text(document));
  for (const auto& [name, document] : there)
    if (!asked.contains(name)) call("DeleteRolePolicy", name, {});
}

void change_attached(const Api& api, const Value& wanted, const LiveObject& live,
                     std::vector<Call>& calls) {
  const auto holds = [](const Value& list, const Value& one) {
    return std::ranges::find(list.items(), one) != list.items().end();
  };
  const auto call = [&](std::string_view action, const Value& policy) {
    calls.push_back(api.change(iam, action, Map{{"RoleName", live.id}, {"PolicyArn", policy}}));
  };
  const Value& there = live.attributes["PolicyArns"];
  for (const Value& policy : wanted.items())
    if (!holds(there, policy)) call("AttachRolePolicy", policy);
  for (const Value& policy : there.items())
    if (!holds(wanted, policy)) call("DetachRolePolicy", policy);
}

std::vector<Call> update(const Api& api, const Work& work, const LiveObject& live) {
  const auto is_changed = [&](std::string_view name) {
    return std::ranges::find(work.changed, name) != work.changed.end();
  };
  std::vector<Call> calls;
  if (is_changed("AssumeRolePolicyDocument"))
    calls.push_back(
        api.change(iam, "UpdateAssumeRolePolicy",
                   Map{{"RoleName", live.id},
                       {"PolicyDocument",
                        identity::document_text(work.desired["AssumeRolePolicyDocument"])}}));
  if (is_changed("Description") || is_changed("MaxSessionDuration")) {
    Map role = encode_these(*work.type, work.desired, {"Description", "MaxSessionDuration"});
    role.insert_or_assign("RoleName", live.id);
    calls.push_back(api.change(iam, "UpdateRole", role));
  }
  if (is_changed("Policies")) change_own(api, work.desired["Policies"], live, calls);
  if (is_changed("PolicyArns")) change_attached(api, work.desired["PolicyArns"], live, calls);
  return calls;
}

/// It goes only when it is empty.
std::vector<Call> remove(const Api& api, const LiveObject& live) {
  std::vector<Call> calls;
  change_attached(api, {}, live, calls);
  change_own(api, {}, live, calls);
  calls.push_back(api.change(iam, "DeleteRole", Map{{"RoleName", live.id}}));
  return calls;
}

Schema schema() {
  return {
      text("RoleName", "Name in the account").required().replaces().physical_name(),
      text("Path", "Folder of names").otherwise("/").replaces(),
      any("AssumeRolePolicyDocument", "Who may take the role on")
          .required()
          .normalise(identity::plain_document),
      text("Description", "For people").unlisted(),
      integer("MaxSessionDuration", "Seconds for which it may be taken on").unlisted(),
      map_of("Policies", any("document", "Policy document").normalise(identity::plain_document),
             "The role's own policies by name")
          .otherwise(Map{})
          .late(),
      set_of("PolicyArns", ref("PolicyArn", "aws.iam_policy", "A policy"),
             "Policies that are attached to it")
          .otherwise(List{})
          .late(),
      tags(),
      output("id", "Its name"),
      output("Arn", "Its name for policies and other services"),
  };
}

}  // namespace

extern const Type iam_role{
    .resource =
        {
            .name = "aws.iam_role",
            .help = "What whoever takes the role on may do.",
            .schema = schema(),
            .listing = "iam",
            .key = {"RoleName"},
            .key_is_unique = true,
            .typical = std::chrono::seconds{3},
            .typical_removal = std::chrono::seconds{2},
        },
    .service = &iam,
    .tagged_by = "RoleName",
    .decode = decode,
    .create = create,
    .update = update,
    .remove = remove,
    .created_id = "Role/RoleName",
};

}  // namespace stackctl::aws
