// exoscale.security_group: it cannot change and has no labels, so its description bears the mark.
#include "marks.h"
#include "types.h"
#include "wire.h"

namespace stackctl::exoscale {
namespace {

/// Rules that name their own group; they keep it from being deleted.
List self_rules(const Value& group) {
  List ids;
  for (const Value& rule : group["rules"].items())
    if (rule["security-group"].text_at("id") == group.text_at("id")) ids.push_back(rule["id"]);
  return ids;
}

std::vector<LiveObject> decode(const ResourceType& type, const Value& listed, Diagnostics& faults) {
  std::vector<LiveObject> groups;
  for_each_item(type, listed["security-groups"], faults, [&](const Value& item) {
    LiveObject& group = groups.emplace_back(decode_object(type, item));
    take_mark_from_description(group);
    group.attributes.map()->emplace("self-rules", self_rules(item));
  });
  return groups;
}

Call create(const Api& api, const Work& work) {
  const std::string description = with_mark(work.desired.text_at("description"), work.mark);
  return api.create("create-security-group", "/security-group",
                    Map{{"name", work.desired["name"]}, {"description", description}});
}

std::vector<Call> remove(const Api& api, const LiveObject& live) {
  const std::string path = path_to("/security-group", live.id);
  std::vector<Call> calls;
  for (const Value& rule : live.attributes["self-rules"].items())
    if (rule.text() != nullptr)
      calls.push_back(
          api.remove("delete-rule-from-security-group",
                     path_to("/security-group", live.id + '/' + *rule.text(), "/rules")));
  calls.push_back(api.remove("delete-security-group", path));
  return calls;
}

}  // namespace

extern const Type security_group{
    .resource =
        {
            .name = "exoscale.security_group",
            .help = "A stateful firewall around instances.",
            .schema =
                {
                    text("name", "Shown in the console").required().replaces().physical_name(),
                    text("description", "Shown in the console").otherwise("").replaces(),
                    output("id", "Identifier"),
                    output("self-rules", "Identifiers of its rules that name itself",
                           stackctl::Type::list),
                },
            .listing = "/security-group",
            .marked = Marked::description,
            .create_first = true,
            .typical = std::chrono::seconds{3},
            .typical_removal = std::chrono::seconds{3},
            .rank = 1,
        },
    .decode = decode,
    .create = create,
    .remove = remove,
};

}  // namespace stackctl::exoscale
