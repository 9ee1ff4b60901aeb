// exoscale.security_group: it cannot change and has no labels, so its description bears the mark.
#include "exoscale/api/marks.h"
#include "exoscale/api/wire.h"
#include "types.h"

namespace stackctl::exoscale {
namespace {

std::vector<LiveObject> decode(const ResourceType& type, const Value& listed, Diagnostics& faults) {
  std::vector<LiveObject> groups;
  for_each_item(type, listed["security-groups"], faults, [&](const Value& item) {
    take_mark_from_description(groups.emplace_back(decode_object(type, item)));
  });
  return groups;
}

Call create(const Api& api, const Work& work) {
  const std::string description = with_mark(work.desired.text_at("description"), work.mark);
  return api.create("create-security-group", "/security-group",
                    Map{{"name", work.desired["name"]}, {"description", description}});
}

std::vector<Call> remove(const Api& api, const LiveObject& live) {
  return {api.remove("delete-security-group", path_to("/security-group", live.id))};
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
