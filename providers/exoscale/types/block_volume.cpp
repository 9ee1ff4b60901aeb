// exoscale.block_volume: a disk that outlives the instance that it is attached to.
#include <algorithm>

#include "exoscale/api/marks.h"
#include "exoscale/api/wire.h"
#include "stackctl/final_snapshot.h"
#include "types.h"

namespace stackctl::exoscale {
namespace {

std::vector<LiveObject> decode(const ResourceType& type, const Value& listed, Diagnostics& faults) {
  std::vector<LiveObject> volumes;
  for_each_item(type, listed["block-storage-volumes"], faults, [&](const Value& item) {
    take_mark_from_labels(volumes.emplace_back(decode_object(type, item)));
  });
  return volumes;
}

Call create(const Api& api, const Work& work) {
  const std::string snapshot = "block-storage-snapshot";
  Map body = encode_these(*work.type, work.desired, {"name", "size", snapshot});
  body.insert_or_assign("labels", with_mark(work.desired["labels"], work.mark));
  return api.create("create-block-storage-volume", "/block-storage", std::move(body));
}

Call detach(const Api& api, const LiveObject& live) {
  return api.act("detach-block-storage-volume", path_to("/block-storage", live.id) + ":detach");
}

/// It moves, and it grows while it is attached to nothing; the mark comes last.
std::vector<Call> update(const Api& api, const Work& work, const LiveObject& live) {
  const auto is_changed = [&](std::string_view name) {
    return std::ranges::find(work.changed, name) != work.changed.end();
  };
  const std::string path = path_to("/block-storage", live.id);
  const Value& holder = live.attributes["instance"];
  const Value& wanted = is_changed("instance") ? work.desired["instance"] : holder;
  const bool grows = is_changed("size") && !work.desired["size"].is_null();
  const bool lets_go = grows || wanted != holder;
  std::vector<Call> calls;
  if (lets_go && !holder.is_null()) calls.push_back(detach(api, live));
  if (grows)
    calls.push_back(api.act("resize-block-storage-volume", path + ":resize-volume",
                            encode_these(*work.type, work.desired, {"size"})));
  if (lets_go && !wanted.is_null())
    calls.push_back(api.act("attach-block-storage-volume-to-instance", path + ":attach",
                            Map{{"instance", Map{{"id", wanted}}}}));
  Map body{{"name", work.desired["name"]},
           {"labels", with_mark(work.desired["labels"], work.mark)}};
  calls.push_back(api.put("update-block-storage-volume", path, std::move(body)));
  return calls;
}

std::vector<Call> remove(const Api& api, const LiveObject& live) {
  std::vector<Call> calls;
  if (!live.attributes["instance"].is_null()) calls.push_back(detach(api, live));
  calls.push_back(api.remove("delete-block-storage-volume", path_to("/block-storage", live.id)));
  return calls;
}

std::vector<Object> final_snapshot(const LiveObject& live) {
  Object snapshot = final_snapshot_of(live, block_snapshot.resource, final_snapshot_name(live.id));
  snapshot.attributes = Map{{"name", std::string(live.attributes.text_at("name")) + "-final"},
                            {"block-storage-volume", live.id}};
  return {std::move(snapshot)};
}

}  // namespace

extern const Type block_volume{
    .resource =
        {
            .name = "exoscale.block_volume",
            .help = "A disk that outlives the instance that it is attached to.",
            .schema =
                {
                    text("name", "Shown in the console").required().physical_name(),
                    integer("size", "GiB; it can only grow").check(check::positive),
                    ref("instance", "exoscale.instance", "What it is attached to"),
                    ref("block-storage-snapshot", "exoscale.block_snapshot", "What is on it first")
                        .uncompared(),
                    map_of("labels", text("value", "Value"), "Names and values").otherwise(Map{}),
                    output("id", "Identifier"),
                    output("state", "What the cloud says of it"),
                },
            .listing = "/block-storage",
            .typical = std::chrono::seconds{10},
            .typical_removal = std::chrono::seconds{10},
            .rank = 4,
            .final_snapshot = final_snapshot,
        },
    .decode = decode,
    .create = create,
    .update = update,
    .remove = remove,
};

}  // namespace stackctl::exoscale
