#include "role_policies.h"

#include <utility>

#include "aws/api/wire.h"
#include "iam.h"

namespace stackctl::aws::identity {

std::vector<Call> change_own(const Api& api, const LiveObject& role, const Value& wanted) {
  std::vector<Call> calls;
  const auto call = [&](std::string_view action, const std::string& name, const Value& document) {
    calls.push_back(
        api.change(iam, action,
                   Map{{"RoleName", role.id}, {"PolicyName", name}, {"PolicyDocument", document}}));
  };
  const Value& there = role.attributes["Policies"];
  for (const auto& [name, document] : members_of(wanted))
    if (plain_document(document) != plain_document(there[name]))
      call("PutRolePolicy", name, document_text(document));
  for (const auto& [name, document] : members_of(there))
    if (!members_of(wanted).contains(name)) call("DeleteRolePolicy", name, {});
  return calls;
}

std::vector<Call> change_attached(const Api& api, const LiveObject& role, const Value& wanted) {
  std::vector<Call> calls;
  const auto call = [&](std::string_view action, const Value& policy) {
    calls.push_back(api.change(iam, action, Map{{"RoleName", role.id}, {"PolicyArn", policy}}));
  };
  const Value& there = role.attributes["PolicyArns"];
  for (const Value& policy : without(wanted.items(), there.items()))
    call("AttachRolePolicy", policy);
  for (const Value& policy : without(there.items(), wanted.items()))
    call("DetachRolePolicy", policy);
  return calls;
}

std::vector<Call> take_all_policies(const Api& api, const LiveObject& role) {
  std::vector<Call> calls = change_attached(api, role, {});
  for (Call& call : change_own(api, role, {})) calls.push_back(std::move(call));
  return calls;
}

}  // namespace stackctl::aws::identity
