// aws.instance: one virtual machine that no group manages.
#include "aws/api/wire.h"
#include "builder.h"
#include "instance_changes.h"
#include "machine.h"
#include "single_machine.h"
#include "types.h"

namespace stackctl::aws {
namespace {

void add_disk(const Value& item, const Value& volumes, Map& shown) {
  for (const Value& volume : volumes.items())
    for (const Value& attachment : items_of(volume["attachmentSet"])) {
      if (attachment["instanceId"] != item["instanceId"] ||
          attachment["device"] != item["rootDeviceName"])
        continue;
      shown.insert_or_assign("RootVolumeId", volume["volumeId"]);
      shown.insert_or_assign("VolumeSize", volume["size"]);
      for (const char* const name : {"VolumeType", "Iops", "Throughput", "Encrypted"})
        shown.insert_or_assign(name, member(volume, name));
    }
}

void add_address(const Value& item, const Value& addresses, Map& shown) {
  for (const Value& address : addresses.items()) {
    if (address["instanceId"].is_null() || address["instanceId"] != item["instanceId"]) continue;
    shown.insert_or_assign("AllocationId", address["allocationId"]);
    shown.insert_or_assign("AssociationId", address["associationId"]);
  }
}

std::vector<LiveObject> decode(const ResourceType& type, const Value& listed,
                               Diagnostics& /*faults*/) {
  std::vector<LiveObject> instances;
  for (const Value* const item : instances_in(listed)) {
    const std::string_view state = state_of(*item);
    if (state == "terminated" || !group_of(*item).empty()) continue;
    const bool is_on = state != "stopped" && state != "stopping";
    Map more{{"AvailabilityZone", (*item)["placement"]["availabilityZone"]},
             {"PublicIpAddress", (*item)["ipAddress"]},
             {"Running", is_on ? "true" : "false"}};
    add_disk(*item, listed["volumes"], more);
    add_address(*item, listed["addresses"], more);
    LiveObject instance = decode_machine(type, *item, more);
    if (!is_builder(instance)) instances.push_back(std::move(instance));
  }
  return instances;
}

Call create(const Api& api, const Work& work) {
  const Value& protection = work.desired["DisableApiTermination"];
  return run_machine(api, work,
                     protection.is_null() ? Map{} : Map{{"DisableApiTermination", protection}});
}

std::vector<Call> remove(const Api& api, const LiveObject& live) {
  std::vector<Call> calls;
  if (live.is_protected)
    calls.push_back(
        api.change(ec2, "ModifyInstanceAttribute",
                   Map{{"InstanceId", live.id}, {"DisableApiTermination", Map{{"Value", false}}}}));
  calls.push_back(terminate_machine(api, live));
  return calls;
}

Schema schema() {
  Schema all = single_machine();
  for (Attribute& attribute : all) {
    if (is_changeable(attribute)) attribute.is_immutable = false;
    if (is_of_disk(attribute)) attribute.listing = "volumes";
  }
  const Schema own = {
      text("PrivateIpAddress", "Its address there; any unless given")
          .check(check::address)
          .replaces(),
      ref("AllocationId", "aws.elastic_ip", "Public address that outlives it").late(),
      boolean("SourceDestCheck", "Whether it takes only traffic of its own; not so in gateways")
          .late(),
      boolean("DisableApiTermination", "Whether AWS refuses to terminate it").unlisted(),
      boolean("Running", "Whether it is powered on").otherwise(true).late(),
      output("PublicIpAddress", "Public IPv4 address"),
      output("AvailabilityZone", "Where it runs"),
      output("RootVolumeId", "Its system disk").told_by("volumes"),
      output("AssociationId", "That it has its lasting address"),
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
            .has_protection = true,
            .is_counted = true,
            .key = {"Name"},
            .typical = std::chrono::seconds{25},
            .typical_removal = std::chrono::seconds{45},
            .rank = 3,
        },
    .decode = decode,
    .create = create,
    .update = change_instance,
    .remove = remove,
    .follow = follow_machine,
    .created_id = "instancesSet/item/instanceId",
};

}  // namespace stackctl::aws
