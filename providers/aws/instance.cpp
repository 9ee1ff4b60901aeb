// aws.instance: one virtual machine that no group manages.
#include <algorithm>

#include "machine.h"
#include "tagging.h"
#include "types.h"
#include "wire.h"

namespace stackctl::aws {
namespace {

/// Its system disk, and the address that was given to it, stand elsewhere.
void add_disk(Map& shown, const Value& volumes) {
  for (const Value& volume : volumes.items())
    for (const Value& attachment : items_of(volume["attachmentSet"])) {
      if (attachment["instanceId"] != shown["instanceId"] ||
          attachment["device"] != shown["rootDeviceName"])
        continue;
      shown.insert_or_assign("RootVolumeId", volume["volumeId"]);
      shown.insert_or_assign("VolumeSize", volume["size"]);
      shown.insert_or_assign("VolumeType", volume["volumeType"]);
      shown.insert_or_assign("Encrypted", volume["encrypted"]);
    }
}

void add_address(Map& shown, const Value& addresses) {
  for (const Value& address : addresses.items()) {
    if (address["instanceId"].is_null() || address["instanceId"] != shown["instanceId"]) continue;
    shown.insert_or_assign("AllocationId", address["allocationId"]);
    shown.insert_or_assign("AssociationId", address["associationId"]);
  }
}

LiveObject decode_one(const ResourceType& type, const Value& item, const Value& listed) {
  Map shown = flat_machine(item);
  shown.erase("AssociatePublicIpAddress");  // the interface shows the address, not what was asked
  add_disk(shown, listed["volumes"]);
  add_address(shown, listed["addresses"]);
  shown.insert_or_assign("AvailabilityZone", item["placement"]["availabilityZone"]);
  shown.insert_or_assign("PublicIpAddress", item["ipAddress"]);
  const std::string_view state = state_of(item);
  shown.insert_or_assign("State", state);
  shown.insert_or_assign("Running", state != "stopped" && state != "stopping" ? "true" : "false");
  LiveObject instance = decode_object(type, shown, "InstanceId");
  instance.created = item.text_at("launchTime");
  set_state(instance, state);
  return instance;
}

std::vector<LiveObject> decode(const ResourceType& type, const Value& listed,
                               Diagnostics& /*faults*/) {
  std::vector<LiveObject> instances;
  for (const Value* const item : instances_in(listed))
    if (state_of(*item) != "terminated" && group_of(*item).empty())
      instances.push_back(decode_one(type, *item, listed));
  return instances;
}

/// What the user calls it and its disk; only the instance bears the mark.
List tag_specifications(const Work& work) {
  Map disk{{"Name", work.desired["Name"]}};
  if (const Value& labels = work.desired["Tags"]; labels.map() != nullptr)
    disk.insert(labels.map()->begin(), labels.map()->end());
  return {Map{{"ResourceType", "instance"}, {"Tag", tag_list(work)}},
          Map{{"ResourceType", "volume"}, {"Tag", tag_list(disk)}}};
}

Call create(const Api& api, const Work& work) {
  Map interface;
  for (const char* const name : {"SubnetId", "PrivateIpAddress"})
    if (!work.desired[name].is_null()) interface.emplace(name, work.desired[name]);
  Map parameters = machine_parameters(work.desired, std::move(interface));
  parameters.insert_or_assign("MinCount", 1);
  parameters.insert_or_assign("MaxCount", 1);
  parameters.insert_or_assign("ClientToken", work.token);
  parameters.insert_or_assign("TagSpecification", tag_specifications(work));
  return api.create(ec2, "RunInstances", parameters);
}

struct Change {
  const Api& api;
  const Work& work;
  const LiveObject& live;
  std::vector<Call> calls = {};

  bool is_changed(std::string_view name) const {
    return std::ranges::find(work.changed, name) != work.changed.end();
  }
  void set(std::string name, Value value) {
    calls.push_back(api.change(ec2, "ModifyInstanceAttribute",
                               Map{{"InstanceId", live.id}, {std::move(name), std::move(value)}}));
  }
  void turn(std::string_view action) {
    calls.push_back(api.change(ec2, action, Map{{"InstanceId", List{live.id}}}));
  }
};

/// The size changes only while it is stopped; that is waited for.
void change_power(Change& change) {
  const bool is_wanted = change.work.desired["Running"] != Value(false);
  const bool is_running = change.live.attributes["Running"] == Value(true);
  const bool is_resized = change.is_changed("InstanceType");
  if (is_running && (is_resized || !is_wanted)) return change.turn("StopInstances");
  if (is_resized) change.set("InstanceType", Map{{"Value", change.work.desired["InstanceType"]}});
  if (!is_running && is_wanted) change.turn("StartInstances");
}

void change_address(Change& change) {
  const Value& wanted = change.work.desired["AllocationId"];
  const Value& held = change.live.attributes["AssociationId"];
  if (!wanted.is_null())
    change.calls.push_back(change.api.change(ec2, "AssociateAddress",
                                             Map{{"AllocationId", wanted},
                                                 {"InstanceId", change.live.id},
                                                 {"AllowReassociation", true}}));
  else if (!held.is_null())
    change.calls.push_back(
        change.api.change(ec2, "DisassociateAddress", Map{{"AssociationId", held}}));
}

std::vector<Call> update(const Api& api, const Work& work, const LiveObject& live) {
  Change change{api, work, live};
  const Value& desired = work.desired;
  if (change.is_changed("SecurityGroupId") && !desired["SecurityGroupId"].is_null())
    change.set("GroupId", desired["SecurityGroupId"]);
  if (change.is_changed("SourceDestCheck"))
    change.set("SourceDestCheck", Map{{"Value", desired["SourceDestCheck"] != Value(false)}});
  if (change.is_changed("VolumeSize") && !desired["VolumeSize"].is_null())
    change.calls.push_back(api.change(
        ec2, "ModifyVolume",
        Map{{"VolumeId", live.attributes["RootVolumeId"]}, {"Size", desired["VolumeSize"]}}));
  if (change.is_changed("AllocationId")) change_address(change);
  if (change.is_changed("InstanceType") || change.is_changed("Running")) change_power(change);
  return std::move(change.calls);
}

std::vector<Call> remove(const Api& api, const LiveObject& live) {
  return {api.change(ec2, "TerminateInstances", Map{{"InstanceId", List{live.id}}})};
}

/// Until it is gone it holds its subnet, its groups and its address.
Progress follow(const Api& api, const Work& work, const Call& call, const Value& answer) {
  if (work.action != Action::remove) return Settled{};
  const Map listed{{"reservations", List(items_of(answer["reservationSet"]).begin(),
                                         items_of(answer["reservationSet"]).end())}};
  const auto is_there = [](const Value* instance) { return state_of(*instance) != "terminated"; };
  if (action_of(call) == "DescribeInstances" &&
      std::ranges::none_of(instances_in(listed), is_there))
    return Settled{};
  return Poll{api.read(ec2, "DescribeInstances", Map{{"InstanceId", List{work.live.id}}}),
              "its removal"};
}

/// Volumes are listed apart.
bool is_of_disk(const Attribute& attribute) {
  return attribute.name.starts_with("Volume") || attribute.name == "Encrypted";
}

/// What can change while it lives; all else makes another one.
bool is_changeable(const Attribute& attribute) {
  return attribute.name == "InstanceType" || attribute.name == "SecurityGroupId" ||
         attribute.name == "VolumeSize" || attribute.is_uncompared;
}

Schema schema() {
  Schema all = {name_tag()};
  for (Attribute& attribute : machine_attributes()) {
    attribute.is_immutable = !is_changeable(attribute);
    attribute.is_unlisted = attribute.name == "AssociatePublicIpAddress" || is_of_disk(attribute);
    attribute.is_write_only = attribute.name == "UserData";
    all.push_back(std::move(attribute));
  }
  const Schema own = {
      ref("SubnetId", "aws.subnet", "Where it is").replaces(),
      text("PrivateIpAddress", "Its address there; any unless given")
          .check(check::address)
          .replaces(),
      ref("AllocationId", "aws.elastic_ip", "Public address that outlives it").late(),
      boolean("SourceDestCheck", "Whether it takes only traffic of its own; not so in gateways")
          .late(),
      boolean("Running", "Whether it is powered on").otherwise(true).late(),
      tags(),
      output("id", "Identifier"),
      output("PublicIpAddress", "Public IPv4 address"),
      output("AvailabilityZone", "Where it runs"),
      output("RootVolumeId", "Its system disk"),
      output("AssociationId", "That it has its lasting address"),
      output("State", "What the cloud says of it"),
  };
  all.insert(all.end(), own.begin(), own.end());
  return all;
}

}  // namespace

extern const Type instance{
    .resource =
        {
            .name = "aws.instance",
            .help = "A virtual machine.",
            .schema = schema(),
            .listing = "reservations volumes addresses",
            .key = {"Name"},
            .typical = std::chrono::seconds{25},
            .typical_removal = std::chrono::seconds{45},
            .rank = 3,
        },
    .decode = decode,
    .create = create,
    .update = update,
    .remove = remove,
    .follow = follow,
    .created_id = "instancesSet/item/instanceId",
};

}  // namespace stackctl::aws
