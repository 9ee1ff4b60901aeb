#include "policy_versions.h"

#include <span>
#include <utility>

#include "aws/api/wire.h"
#include "iam.h"

namespace stackctl::aws::identity {
namespace {

constexpr std::size_t kMost = 5;

Call delete_version(const Api& api, const LiveObject& policy, const Value& version) {
  return api.change(iam, "DeletePolicyVersion",
                    Map{{"PolicyArn", policy.id}, {"VersionId", version}});
}

}  // namespace

void show_versions(Map& shown, const Value& versions) {
  List old;
  for (const Value& version : items_of(versions)) {
    if (version.text_at("IsDefaultVersion") == "true")
      shown.insert_or_assign("PolicyDocument", document_in(version["Document"]));
    else
      old.push_back(version["VersionId"]);
  }
  shown.insert_or_assign(std::string(kOldVersions), std::move(old));
}

std::vector<Call> new_version(const Api& api, const LiveObject& policy, const Value& document) {
  std::vector<Call> calls;
  const std::span<const Value> old = policy.attributes[kOldVersions].items();
  if (old.size() + 1 >= kMost) calls.push_back(delete_version(api, policy, old.back()));
  // Repeated, it would make another one.
  calls.push_back(api.create(iam, "CreatePolicyVersion",
                             Map{{"PolicyArn", policy.id},
                                 {"PolicyDocument", document_text(document)},
                                 {"SetAsDefault", true}}));
  return calls;
}

std::vector<Call> delete_old_versions(const Api& api, const LiveObject& policy) {
  std::vector<Call> calls;
  for (const Value& version : policy.attributes[kOldVersions].items())
    calls.push_back(delete_version(api, policy, version));
  return calls;
}

}  // namespace stackctl::aws::identity
