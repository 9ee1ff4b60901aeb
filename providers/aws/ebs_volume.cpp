// aws.ebs_volume: a disk that outlives the instance that it is attached to.
#include <algorithm>

#include "machine.h"
#include "stackctl/final_snapshot.h"
#include "types.h"
#include "wire.h"

namespace stackctl::aws {
namespace {

/// Where it is attached, or is about to be.
const Value& attachment_of(const Value& item) {
  static const Value none;
  for (const Value& attachment : items_of(item["attachmentSet"]))
    if (attachment.text_at("status") != "detached") return attachment;
  return none;
}

/// System disks come and go with their instance.
bool is_system_disk(const Value& item, const std::vector<const Value*>& instances) {
  const Value& attachment = attachment_of(item);
  return std::ranges::any_of(instances, [&](const Value* instance) {
    return (*instance)["instanceId"] == attachment["instanceId"] &&
           (*instance)["rootDeviceName"] == attachment["device"];
  });
}

std::vector<LiveObject> decode(const ResourceType& type, const Value& listed, Diagnostics& faults) {
  std::vector<LiveObject> volumes;
  const std::vector<const Value*> instances = instances_in(listed);
  for_each_item(type, listed["volumes"], faults, [&](const Value& item) {
    if (is_system_disk(item, instances)) return;
    Map shown = *item.map();
    const Value& attachment = attachment_of(item);
    shown.insert_or_assign("InstanceId", attachment["instanceId"]);
    shown.insert_or_assign("Device", attachment["device"]);
    shown.insert_or_assign("State", item["status"]);
    LiveObject volume = decode_object(type, shown, "VolumeId");
    volume.created = item.text_at("createTime");
    set_state(volume, item.text_at("status"));
    const std::string_view held = attachment.text_at("status");
    if (held == "attaching" || held == "detaching") set_state(volume, "modifying");
    if (volume.state != "deleted") volumes.push_back(std::move(volume));
  });
  return volumes;
}

void place(Map& parameters, const Api& /*api*/, const Work& work) {
  for (const char* const name : {"AvailabilityZone", "SnapshotId"})
    parameters.insert_or_assign(name, work.desired[name]);
}

Call detach(const Api& api, const LiveObject& live) {
  return api.change(ec2, "DetachVolume",
                    Map{{"VolumeId", live.id}, {"InstanceId", live.attributes["InstanceId"]}});
}

/// It grows where it is; it moves in two steps, with the end of the first waited for.
std::vector<Call> update(const Api& api, const Work& work, const LiveObject& live) {
  std::vector<Call> calls;
  Map modified = encode_these(*work.type, work.desired, work.changed);
  for (const char* const name : {"InstanceId", "Device"}) modified.erase(name);
  if (!modified.empty()) {
    modified.insert_or_assign("VolumeId", live.id);
    calls.push_back(api.change(ec2, "ModifyVolume", modified));
  }
  if (!is_changed(work, "InstanceId") && !is_changed(work, "Device")) return calls;
  if (!live.attributes["InstanceId"].is_null())
    calls.push_back(detach(api, live));
  else if (!work.desired["InstanceId"].is_null())
    calls.push_back(api.change(ec2, "AttachVolume",
                               Map{{"VolumeId", live.id},
                                   {"InstanceId", work.desired["InstanceId"]},
                                   {"Device", work.desired["Device"]}}));
  return calls;
}

std::vector<Call> let_go(const Api& api, const LiveObject& live) {
  if (live.attributes["InstanceId"].is_null()) return {};
  return {detach(api, live)};
}

/// It is let go before it goes.
Progress follow(const Api& api, const Work& work, const Call& call, const Value& answer) {
  if (work.action != Action::remove || action_of(call) == "DeleteVolume") return Settled{};
  const std::span<const Value> listed = items_of(answer["volumeSet"]);
  const bool is_free = listed.empty() || items_of(listed.front()["attachmentSet"]).empty();
  if (action_of(call) == "DescribeVolumes" && is_free) return Settled{};
  return Poll{api.read(ec2, "DescribeVolumes", Map{{"VolumeId", List{work.live.id}}}),
              "the instance to let it go"};
}

std::vector<Object> final_snapshot(const LiveObject& live) {
  Object snapshot = final_snapshot_of(live, ebs_snapshot.resource, final_snapshot_name(live.id));
  snapshot.attributes =
      Map{{"Name", std::string(live.attributes.text_at("Name")) + "-final"}, {"VolumeId", live.id}};
  return {std::move(snapshot)};
}

}  // namespace

extern const Type ebs_volume{
    .resource =
        {
            .name = "aws.ebs_volume",
            .help = "A disk that outlives the instance that it is attached to.",
            .schema =
                {
                    name_tag(),
                    // It stays there, whatever becomes of the instance: what is on it counts more.
                    text("AvailabilityZone", "Where it is made, as what has it")
                        .required()
                        .uncompared(),
                    integer("Size", "GiB; it can only grow").check(check::positive),
                    text("VolumeType", "Such as gp3").otherwise("gp3"),
                    integer("Iops", "Operations a second").check(check::positive),
                    integer("Throughput", "MiB a second").check(check::positive),
                    boolean("Encrypted", "Whether what is on it is encrypted").replaces(),
                    ref("SnapshotId", "aws.ebs_snapshot", "What is on it first").uncompared(),
                    ref("InstanceId", "aws.instance", "What it is attached to").late(),
                    text("Device", "What the instance calls it, such as /dev/sdf").late(),
                    tags(),
                    output("id", "Identifier"),
                    output("State", "What the cloud says of it"),
                },
            .listing = "volumes reservations",
            .is_counted = true,
            .key = {"Name"},
            .typical = std::chrono::seconds{5},
            .typical_removal = std::chrono::seconds{10},
            .rank = 4,
            .final_snapshot = final_snapshot,
        },
    .decode = decode,
    .creation = {.action = "CreateVolume", .word = "volume", .takes_token = true, .prepare = place},
    .update = update,
    .removal = {"DeleteVolume", {"VolumeId"}, let_go},
    .follow = follow,
    .created_id = "volumeId",
};

}  // namespace stackctl::aws
