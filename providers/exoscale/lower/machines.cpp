// Instances and pools of them.
#include "exoscale/types/types.h"
#include "lowering_tools.h"
#include "lowerings.h"
#include "machine_lookups.h"
#include "stackctl/text.h"

namespace stackctl::exoscale {
namespace {

/// What instances and pools have in common. The main object comes first, before its lookups.
void lower_machine(Draft& machine, const Declaration& declaration, const LoweringContext& context,
                   Lowered& lowered) {
  const Value& given = declaration.attributes;
  machine.set("name", host_name(context.physical_name(declaration.address)));
  machine.set("template",
              look_up_template(declaration.address + "/image", given["image"], "image", lowered),
              "image");
  machine.set("instance-type",
              look_up_size(declaration.address + "/size", given["size"], "size", lowered), "size");
  machine.set("disk-size", given["disk"], "disk");
  machine.set("security-groups", given["security_groups"], "security_groups");
  machine.set("anti-affinity-groups", given["affinity_groups"], "affinity_groups");
  machine.set("elastic-ips", given["addresses"], "addresses");
  if (!given["key_pair"].is_null()) machine.set("ssh-keys", List{given["key_pair"]}, "key_pair");
  machine.set("user-data", given["user_data"], "user_data");
  machine.set("labels", given["labels"]);
  const bool is_private = given["public_address"] == Value(false);
  machine.set("public-ip-assignment", is_private ? "none" : "inet4", "public_address");
  check_user_data("user_data", given["user_data"], lowered.faults);
  check_disk("disk", given["disk"], lowered.faults);
}

/// A network, or one and the address there.
Value networks(const Value& given) {
  if (given.is_null()) return {};
  List out;
  for (const Value& entry : given.items()) {
    Map network{{"network", entry.map() == nullptr ? entry : entry["network"]}};
    if (!entry["address"].is_null()) network.emplace("ip", entry["address"]);
    out.emplace_back(std::move(network));
  }
  return out;
}

/// A name of dedicated hosts becomes a lookup.
void look_up_hosts(Draft& machine, Lowered& lowered) {
  const auto given = machine.attributes.find("deploy-target");
  if (given == machine.attributes.end() || !given->second.text() || is_uuid(*given->second.text()))
    return;
  given->second = look_up(machine.object.address + "/deploy-target", deploy_target,
                          {{"name", given->second}}, "exoscale.deploy-target", lowered);
}

/// What only Exoscale has: the attributes of `allowed`, and a group of its own to spread a pool.
void lower_native(Draft& machine, const Declaration& declaration, const LoweringContext& context,
                  const std::vector<std::string_view>& allowed, Lowered& lowered) {
  set_native(machine, declaration, allowed, lowered.faults,
             {boolean("spread", "Members run on different hosts")});
  look_up_hosts(machine, lowered);
  if (!(declaration.native["spread"] == Value(true))) return;
  Draft group(declaration.address + "/spread", anti_affinity_group.resource);
  group.set("name", context.physical_name(declaration.address + "/spread"));
  List groups(machine.attributes["anti-affinity-groups"].items().begin(),
              machine.attributes["anti-affinity-groups"].items().end());
  groups.emplace_back(refer(group.object.address));
  machine.set("anti-affinity-groups", std::move(groups), "exoscale.spread");
  lowered.objects.push_back(std::move(group).finish());
}

void add_main(Draft machine, Lowered& lowered) {
  lowered.objects.insert(lowered.objects.begin(), std::move(machine).finish());
}

}  // namespace

Lowered lower_instance(const Declaration& declaration, const LoweringContext& context) {
  Lowered lowered;
  Draft machine(declaration.address, instance.resource);
  lower_machine(machine, declaration, context, lowered);
  machine.set("private-networks", networks(declaration.attributes["networks"]), "networks");
  machine.set("reverse-dns", declaration.attributes["reverse_dns"], "reverse_dns");
  lower_native(machine, declaration, context,
               {"anti-affinity-groups", "deploy-target", "public-ip-assignment", "running",
                "secureboot-enabled", "tpm-enabled"},
               lowered);
  add_main(std::move(machine), lowered);
  lowered.outputs = {{"", refer(declaration.address)},
                     {"id", refer(declaration.address)},
                     {"address", refer(declaration.address, "public-ip")},
                     {"ipv6_address", refer(declaration.address, "ipv6-address")},
                     {"state", refer(declaration.address, "state")}};
  return lowered;
}

namespace {

/// Old members are counted only where they are to be replaced.
void lower_update(Draft& pool, const Value& update) {
  pool.set("update-strategy", update["strategy"], "update.strategy");
  pool.set("update-batch", update["batch"], "update.batch");
  pool.set("update-wait", update["wait"], "update.wait");
  if (update.text_at("strategy") == "rolling") pool.set("stale-members", 0, "update");
}

}  // namespace

Lowered lower_instance_pool(const Declaration& declaration, const LoweringContext& context) {
  Lowered lowered;
  Draft pool(declaration.address, instance_pool.resource);
  lower_machine(pool, declaration, context, lowered);
  pool.set("size", declaration.attributes["count"], "count");
  pool.set("min-available", declaration.attributes["min_available"], "min_available");
  pool.set("private-networks", declaration.attributes["networks"], "networks");
  lower_update(pool, declaration.attributes["update"]);
  if (!declaration.attributes["autoscale"].is_null())
    lowered.faults.push_back(fault_at("autoscale", "Exoscale has no autoscaling of instance pools",
                                      "leave 'autoscale' out, and set 'count'"));
  lower_native(pool, declaration, context,
               {"anti-affinity-groups", "deploy-target", "description", "elastic-ips",
                "instance-prefix", "private-networks", "public-ip-assignment"},
               lowered);
  add_main(std::move(pool), lowered);
  lowered.outputs = {{"", refer(declaration.address)},
                     {"id", refer(declaration.address)},
                     {"count", refer(declaration.address, "size")},
                     {"addresses", refer(declaration.address, "addresses")},
                     {"state", refer(declaration.address, "state")}};
  return lowered;
}

}  // namespace stackctl::exoscale
