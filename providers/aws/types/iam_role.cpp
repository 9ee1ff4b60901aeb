// aws.iam_role: its own policies and those attached to it are attributes.
#include "aws/api/wire.h"
#include "iam.h"
#include "role_policies.h"
#include "types.h"

namespace stackctl::aws {
namespace {

constexpr std::string_view kTrust = "AssumeRolePolicyDocument";

/// Those of AWS's services are nobody else's business.
bool is_own(const Value& role, const Value& /*listed*/) {
  return !role.text_at("Path").starts_with("/aws-service-role/");
}

void reshape(Map& shown, const Value& item, const Value& /*listed*/) {
  Map own;
  for (const Value& policy : items_of(item["RolePolicyList"]))
    own.insert_or_assign(std::string(policy.text_at("PolicyName")),
                         identity::document_in(policy["PolicyDocument"]));
  shown.insert_or_assign("Policies", std::move(own));
  shown.insert_or_assign(std::string(kTrust), identity::document_in(item[kTrust]));
}

void write_trust(Map& parameters, const Api& /*api*/, const Work& work) {
  parameters.insert_or_assign(std::string(kTrust), identity::document_text(work.desired[kTrust]));
}

void rewrite_trust(Map& parameters, const Api& /*api*/, const Work& work) {
  parameters = {{"PolicyDocument", identity::document_text(work.desired[kTrust])}};
}

/// What is not said anew falls back to what is usual.
void with_all_settings(Map& parameters, const Api& /*api*/, const Work& work) {
  for (const char* const name : {"Description", "MaxSessionDuration"})
    parameters.insert_or_assign(name, work.desired[name]);
}

std::vector<Call> update(const Api& api, const Work& work, const LiveObject& live) {
  std::vector<Call> calls;
  if (is_changed(work, "Policies"))
    calls = identity::change_own(api, live, work.desired["Policies"]);
  if (!is_changed(work, "PolicyArns")) return calls;
  for (Call& call : identity::change_attached(api, live, work.desired["PolicyArns"]))
    calls.push_back(std::move(call));
  return calls;
}

Schema schema() {
  return {
      fixed_name("RoleName", "Name in the account"),
      text("Path", "Folder of names").otherwise("/").replaces(),
      any(kTrust, "Who may take the role on").required().normalise(identity::plain_document),
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
    .shown = {.list = "iam",
              .inside = "RoleDetailList",
              .id = "RoleName",
              .created = "CreateDate",
              .elsewhere = {{"PolicyArns", "AttachedManagedPolicies", "PolicyArn"}},
              .reshape = reshape,
              .is_one = is_own},
    .creation = {.action = "CreateRole", .prepare = write_trust},
    .modifications = {{.action = "UpdateAssumeRolePolicy",
                       .id = "RoleName",
                       .of = {kTrust},
                       .prepare = rewrite_trust},
                      {.action = "UpdateRole",
                       .id = "RoleName",
                       .of = {"Description", "MaxSessionDuration"},
                       .prepare = with_all_settings}},
    .update = update,
    .removal = {"DeleteRole", {"RoleName"}, identity::take_all_policies},
    .created_id = "Role/RoleName",
};

}  // namespace stackctl::aws
