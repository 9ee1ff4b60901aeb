// exoscale.snapshot: the disk of a builder, on its way to a template. It can bear no mark: it
// belongs to whoever owns the builder.
#include <algorithm>

#include "builder.h"
#include "exoscale/api/wire.h"
#include "types.h"

namespace stackctl::exoscale {
namespace {

std::vector<LiveObject> decode(const ResourceType& type, const Value& listed, Diagnostics& faults) {
  Diagnostics told_with_the_builders;
  const std::vector<LiveObject> builders =
      builder.decode(builder.resource, listed, told_with_the_builders);
  std::vector<LiveObject> snapshots;
  for_each_item(type, listed["snapshots"], faults, [&](const Value& item) {
    const auto owner = std::ranges::find(builders, item["instance"].text_at("id"), &LiveObject::id);
    if (owner == builders.end()) return;
    LiveObject& snapshot = snapshots.emplace_back(decode_object(type, item));
    snapshot.mark = Mark{owner->mark->stack, owner->mark->address + "/snapshot", {}};
  });
  return snapshots;
}

Call create(const Api& api, const Work& work) {
  const std::string path = path_to("/instance", work.desired.text_at("instance"));
  Call call = api.put("create-snapshot", path + ":create-snapshot");
  call.request.method = "POST";
  call.repeat = Repeat::look_first;
  return call;
}

std::vector<Call> remove(const Api& api, const LiveObject& live) {
  return {api.remove("delete-snapshot", path_to("/snapshot", live.id))};
}

}  // namespace

extern const Type snapshot{
    .resource =
        {
            .name = "exoscale.snapshot",
            .help = "The disk of a builder, on its way to a template.",
            .schema =
                {
                    ref("instance", "exoscale.builder", "Whose disk it is").required().replaces(),
                    output("id", "Identifier"),
                    output("state", "What the cloud says of it"),
                },
            .listing = "/snapshot /instance",
            .marked = Marked::parent,
            .parent = "instance",
            .key = {},
            .typical = std::chrono::seconds{60},
            .rank = 4,
        },
    .decode = decode,
    .create = create,
    .remove = remove,
};

}  // namespace stackctl::exoscale
