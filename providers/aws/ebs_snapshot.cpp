// aws.ebs_snapshot: what was on a volume at one moment.
#include "tagging.h"
#include "types.h"
#include "wire.h"

namespace stackctl::aws {
namespace {

std::vector<LiveObject> decode(const ResourceType& type, const Value& listed, Diagnostics& faults) {
  std::vector<LiveObject> snapshots;
  for_each_item(type, listed["snapshots"], faults, [&](const Value& item) {
    Map shown = *item.map();
    shown.insert_or_assign("State", item["status"]);
    LiveObject& snapshot = snapshots.emplace_back(decode_object(type, shown, "SnapshotId"));
    snapshot.created = item.text_at("startTime");
    set_state(snapshot, item.text_at("status"));
  });
  return snapshots;
}

Call create(const Api& api, const Work& work) {
  Map parameters{{"VolumeId", work.desired["VolumeId"]},
                 {"TagSpecification", tag_specification("snapshot", work)}};
  if (!work.desired["Description"].is_null())
    parameters.emplace("Description", work.desired["Description"]);
  return api.create(ec2, "CreateSnapshot", parameters);
}

std::vector<Call> remove(const Api& api, const LiveObject& live) {
  return {api.change(ec2, "DeleteSnapshot", Map{{"SnapshotId", live.id}})};
}

}  // namespace

extern const Type ebs_snapshot{
    .resource =
        {
            .name = "aws.ebs_snapshot",
            .help = "What was on a volume at one moment.",
            .schema =
                {
                    name_tag(),
                    ref("VolumeId", "aws.ebs_volume", "The volume").uncompared(),
                    text("Description", "For people").replaces(),
                    tags(),
                    output("id", "Identifier"),
                    output("VolumeSize", "GiB that a volume made from it has",
                           stackctl::Type::integer),
                    output("State", "What the cloud says of it"),
                },
            .listing = "snapshots",
            .key = {"Name"},
            .typical = std::chrono::seconds{60},
            .typical_removal = std::chrono::seconds{1},
            .timeout = std::chrono::minutes{120},
        },
    .decode = decode,
    .create = create,
    .remove = remove,
    .created_id = "snapshotId",
};

}  // namespace stackctl::aws
