// exoscale.block_snapshot: what was on a volume at one moment. It outlives the volume.
#include "exoscale/api/marks.h"
#include "exoscale/api/wire.h"
#include "types.h"

namespace stackctl::exoscale {
namespace {

std::vector<LiveObject> decode(const ResourceType& type, const Value& listed, Diagnostics& faults) {
  std::vector<LiveObject> snapshots;
  for_each_item(type, listed["block-storage-snapshots"], faults, [&](const Value& item) {
    take_mark_from_labels(snapshots.emplace_back(decode_object(type, item)));
  });
  return snapshots;
}

Map body_of(const Work& work) {
  return {{"name", work.desired["name"]}, {"labels", with_mark(work.desired["labels"], work.mark)}};
}

Call create(const Api& api, const Work& work) {
  const std::string volume =
      path_to("/block-storage", work.desired.text_at("block-storage-volume"));
  return api.create("create-block-storage-snapshot", volume + ":create-snapshot", body_of(work));
}

std::vector<Call> update(const Api& api, const Work& work, const LiveObject& live) {
  return {api.put("update-block-storage-snapshot", path_to("/block-storage-snapshot", live.id),
                  body_of(work))};
}

std::vector<Call> remove(const Api& api, const LiveObject& live) {
  return {api.remove("delete-block-storage-snapshot", path_to("/block-storage-snapshot", live.id))};
}

}  // namespace

extern const Type block_snapshot{
    .resource =
        {
            .name = "exoscale.block_snapshot",
            .help = "What was on a volume at one moment.",
            .schema =
                {
                    text("name", "Shown in the console").required().physical_name(),
                    ref("block-storage-volume", "exoscale.block_volume", "Whose contents it keeps")
                        .required()
                        .replaces(),
                    map_of("labels", text("value", "Value"), "Names and values").otherwise(Map{}),
                    output("id", "Identifier"),
                    output("size", "GiB", stackctl::Type::integer),
                    output("state", "What the cloud says of it"),
                    output("created-at", "When it was made"),
                },
            .listing = "/block-storage-snapshot",
            .typical = std::chrono::seconds{20},
            .typical_removal = std::chrono::seconds{5},
            .rank = 5,
        },
    .decode = decode,
    .create = create,
    .update = update,
    .remove = remove,
};

}  // namespace stackctl::exoscale
