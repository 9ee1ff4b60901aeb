// exoscale.iam_role: what the API keys of the role may do.
#include <algorithm>

#include "exoscale/api/marks.h"
#include "exoscale/api/wire.h"
#include "types.h"

namespace stackctl::exoscale {
namespace {

/// The cloud takes no empty description, so one stands for "none".
constexpr std::string_view kNoDescription = "-";

bool is_nothing(const Value& value) {
  return value.is_null() || (value.list() != nullptr && value.list()->empty());
}

/// Policies compare as JSON; empty lists mean nothing.
Value plain_policy(const Value& policy) {
  if (policy.list() != nullptr) {
    List items;
    for (const Value& item : *policy.list()) items.push_back(plain_policy(item));
    return items;
  }
  if (policy.map() == nullptr) return policy;
  Map members;
  for (const auto& [name, member] : *policy.map())
    if (!is_nothing(member)) members.emplace(name, plain_policy(member));
  return members;
}

std::vector<LiveObject> decode(const ResourceType& type, const Value& listed, Diagnostics& faults) {
  std::vector<LiveObject> roles;
  for_each_item(type, listed["iam-roles"], faults, [&](const Value& item) {
    take_mark_from_labels(roles.emplace_back(decode_object(type, item)));
  });
  return roles;
}

Call create(const Api& api, const Work& work) {
  Map body = encode_declared(*work.type, work.desired);
  body.insert_or_assign("labels", with_mark(work.desired["labels"], work.mark));
  return api.create("create-iam-role", "/iam-role", std::move(body));
}

/// The policy has a call of its own; the mark comes last.
std::vector<Call> update(const Api& api, const Work& work, const LiveObject& live) {
  const std::string path = path_to("/iam-role", live.id);
  std::vector<Call> calls;
  if (std::ranges::find(work.changed, "policy") != work.changed.end())
    calls.push_back(api.put("update-iam-role-policy", path + ":policy", work.desired["policy"]));
  Map body = encode_these(*work.type, work.desired, work.changed);
  body.erase("policy");
  body.insert_or_assign("labels", with_mark(work.desired["labels"], work.mark));
  calls.push_back(api.put("update-iam-role", path, std::move(body)));
  return calls;
}

std::vector<Call> remove(const Api& api, const LiveObject& live) {
  return {api.remove("delete-iam-role", path_to("/iam-role", live.id))};
}

}  // namespace

extern const Type iam_role{
    .resource =
        {
            .name = "exoscale.iam_role",
            .help = "What the API keys of the role may do.",
            .schema =
                {
                    text("name", "Shown in the console").required().replaces().physical_name(),
                    text("description", "Shown in the console").otherwise(kNoDescription),
                    any("policy", "What is allowed: default-service-strategy and services")
                        .required()
                        .normalise(plain_policy),
                    any("assume-role-policy", "Who may take the role on: rules")
                        .otherwise(Map{{"rules", List{}}})
                        .normalise(plain_policy),
                    set_of("permissions", text("permission", "A permission"),
                           "What goes beyond policies")
                        .otherwise(List{}),
                    boolean("editable", "Whether it can change after its creation")
                        .otherwise(true)
                        .replaces(),
                    map_of("labels", text("value", "Value"), "Names and values").otherwise(Map{}),
                    output("id", "Identifier"),
                },
            .listing = "/iam-role",
            .key_is_unique = true,
            .typical = std::chrono::seconds{3},
            .typical_removal = std::chrono::seconds{3},
        },
    .decode = decode,
    .create = create,
    .update = update,
    .remove = remove,
};

}  // namespace stackctl::exoscale
