// exoscale.anti_affinity_group: it cannot change and has no labels, so its description bears the
// mark.
#include "exoscale/api/marks.h"
#include "exoscale/api/wire.h"
#include "types.h"

namespace stackctl::exoscale {
namespace {

std::vector<LiveObject> decode(const ResourceType& type, const Value& listed, Diagnostics& faults) {
  std::vector<LiveObject> groups;
  for_each_item(type, listed["anti-affinity-groups"], faults, [&](const Value& item) {
    take_mark_from_description(groups.emplace_back(decode_object(type, item)));
  });
  return groups;
}

Call create(const Api& api, const Work& work) {
  const std::string description = with_mark(work.desired.text_at("description"), work.mark);
  return api.create("create-anti-affinity-group", "/anti-affinity-group",
                    Map{{"name", work.desired["name"]}, {"description", description}});
}

std::vector<Call> remove(const Api& api, const LiveObject& live) {
  return {api.remove("delete-anti-affinity-group", path_to("/anti-affinity-group", live.id))};
}

}  // namespace

extern const Type anti_affinity_group{
    .resource =
        {
            .name = "exoscale.anti_affinity_group",
            .help = "Instances of the group run on different hosts.",
            .schema =
                {
                    text("name", "Shown in the console").required().replaces().physical_name(),
                    text("description", "Shown in the console").otherwise("").replaces(),
                    output("id", "Identifier"),
                },
            .listing = "/anti-affinity-group",
            .marked = Marked::description,
            .create_first = true,
            .typical = std::chrono::seconds{3},
            .typical_removal = std::chrono::seconds{3},
        },
    .decode = decode,
    .create = create,
    .remove = remove,
};

}  // namespace stackctl::exoscale
