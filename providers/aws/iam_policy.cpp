// aws.iam_policy: what several roles may do. No list shows its tags, so its path bears the mark.
#include <algorithm>

#include "iam.h"
#include "types.h"
#include "wire.h"

namespace stackctl::aws {
namespace {

constexpr std::size_t kMostVersions = 5;

/// The name at the end of an ARN.
std::string_view last_step(std::string_view arn) { return arn.substr(arn.rfind('/') + 1); }

LiveObject policy_in(const ResourceType& type, const Value& item) {
  LiveObject policy = decode_object(type, item, "Arn");
  Map& attributes = *policy.attributes.map();
  List old;
  for (const Value& version : items_of(item["PolicyVersionList"])) {
    if (version.text_at("IsDefaultVersion") == "true")
      attributes.insert_or_assign("PolicyDocument", identity::document_in(version["Document"]));
    else
      old.push_back(version["VersionId"]);
  }
  attributes.insert_or_assign("OldVersions", std::move(old));
  attributes.try_emplace("PolicyName", last_step(policy.id));
  policy.mark = identity::mark_in_path(item.text_at("Path"));
  policy.created = item.text_at("CreateDate");
  return policy;
}

std::vector<LiveObject> decode(const ResourceType& type, const Value& listed, Diagnostics& faults) {
  std::vector<LiveObject> policies;
  for_each_item(type, listed["iam"], faults, [&](const Value& page) {
    for (const Value& item : items_of(page["Policies"])) policies.push_back(policy_in(type, item));
  });
  return policies;
}

Call create(const Api& api, const Work& work) {
  Map parameters = encode_declared(*work.type, work.desired);
  parameters.insert_or_assign("PolicyDocument",
                              identity::document_text(work.desired["PolicyDocument"]));
  parameters.insert_or_assign("Path", identity::path_of(work.mark));
  return api.create(iam, "CreatePolicy", parameters);
}

Call delete_version(const Api& api, const LiveObject& live, const Value& version) {
  return api.change(iam, "DeletePolicyVersion",
                    Map{{"PolicyArn", live.id}, {"VersionId", version}});
}

/// A change is a new version; AWS keeps five of them.
std::vector<Call> update(const Api& api, const Work& work, const LiveObject& live) {
  if (std::ranges::find(work.changed, "PolicyDocument") == work.changed.end()) return {};
  std::vector<Call> calls;
  const std::span<const Value> old = live.attributes["OldVersions"].items();
  // The newest stand first.
  if (old.size() + 1 >= kMostVersions) calls.push_back(delete_version(api, live, old.back()));
  // Repeated, it would make another one.
  calls.push_back(
      api.create(iam, "CreatePolicyVersion",
                 Map{{"PolicyArn", live.id},
                     {"PolicyDocument", identity::document_text(work.desired["PolicyDocument"])},
                     {"SetAsDefault", true}}));
  return calls;
}

std::vector<Call> remove(const Api& api, const LiveObject& live) {
  std::vector<Call> calls;
  for (const Value& version : live.attributes["OldVersions"].items())
    calls.push_back(delete_version(api, live, version));
  calls.push_back(api.change(iam, "DeletePolicy", Map{{"PolicyArn", live.id}}));
  return calls;
}

}  // namespace

extern const Type iam_policy{
    .resource =
        {
            .name = "aws.iam_policy",
            .help = "A policy of the account's own, for roles.",
            .schema =
                {
                    text("PolicyName", "Name in the account").required().replaces().physical_name(),
                    any("PolicyDocument", "What is allowed")
                        .required()
                        .normalise(identity::plain_document),
                    text("Description", "For people").replaces(),
                    output("id", "ARN"),
                    output("OldVersions", "Documents that do not count any more",
                           stackctl::Type::list),
                },
            .listing = "iam",
            .marked = Marked::description,
            .carrier = "path",
            .key = {"PolicyName"},
            .key_is_unique = true,
            .typical = std::chrono::seconds{3},
            .typical_removal = std::chrono::seconds{2},
            .rank = -1,
        },
    .service = &iam,
    .decode = decode,
    .create = create,
    .update = update,
    .remove = remove,
    .created_id = "Policy/Arn",
};

}  // namespace stackctl::aws
