// Instances and pools of them.
#include "lowering_tools.h"
#include "lowerings.h"
#include "stackctl/text.h"
#include "types.h"

namespace stackctl::exoscale {
namespace {

/// A reference to what has `value` as its `attribute`, looked up at `address`.
Value look_up(std::string address, const Type& type, std::string_view attribute, Value value,
              std::string_view origin, Lowered& lowered) {
  Draft lookup(address, type);
  lookup.object.is_lookup = true;
  lookup.set(attribute, std::move(value), origin);
  lowered.objects.push_back(std::move(lookup).finish());
  return refer(std::move(address));
}

/// The lookup of what `value` names, at "web/image". References to resources stay what they are.
Value looked_up(const Declaration& declaration, std::string_view name, const Type& type,
                Value by_name, Lowered& lowered) {
  const Value& given = declaration.attributes[name];
  if (given.text() == nullptr) return given;
  std::string address = declaration.address + '/' + std::string(name);
  if (is_uuid(*given.text())) return look_up(std::move(address), type, "id", given, name, lowered);
  return look_up(std::move(address), type, "name", std::move(by_name), name, lowered);
}

/// "small" is of the standard family.
Value full_size(const Value& size) {
  const std::string* name = size.text();
  if (name == nullptr || name->find('.') != std::string::npos) return size;
  return "standard." + *name;
}

void check_user_data(const Value& user_data, Diagnostics& faults) {
  constexpr std::size_t most_bytes = std::size_t{32767} / 4 * 3;  // the limit is on its base64 form
  const std::string* text = user_data.revealed();
  if (text == nullptr) return;
  if (text->empty()) faults.push_back(fault_at("user_data", "'user_data' must not be empty"));
  if (text->size() > most_bytes)
    faults.push_back(fault_at("user_data",
                              "'user_data' has " + std::to_string(text->size()) +
                                  " bytes; Exoscale takes at most " + std::to_string(most_bytes),
                              "let a short script fetch the rest"));
}

void check_disk(const Value& disk, Diagnostics& faults) {
  constexpr std::int64_t smallest = 10;
  constexpr std::int64_t biggest = 51200;
  const std::int64_t* size = disk.integer();
  if (size != nullptr && (*size < smallest || *size > biggest))
    faults.push_back(fault_at("disk", "'disk' must be from 10 to 51200 GiB on Exoscale"));
}

/// What instances and pools have in common. The main object comes first, before its lookups.
void lower_machine(Draft& machine, const Declaration& declaration, const LoweringContext& context,
                   Lowered& lowered) {
  const Value& given = declaration.attributes;
  machine.set("name", host_name(context.physical_name(declaration.address)));
  machine.set("template", looked_up(declaration, "image", image_template, given["image"], lowered),
              "image");
  machine.set("instance-type",
              looked_up(declaration, "size", instance_type, full_size(given["size"]), lowered),
              "size");
  machine.set("disk-size", given["disk"], "disk");
  machine.set("security-groups", given["security_groups"], "security_groups");
  if (!given["key_pair"].is_null()) machine.set("ssh-keys", List{given["key_pair"]}, "key_pair");
  machine.set("user-data", given["user_data"], "user_data");
  machine.set("labels", given["labels"]);
  const bool is_private = given["public_address"] == Value(false);
  machine.set("public-ip-assignment", is_private ? "none" : "inet4", "public_address");
  check_user_data(given["user_data"], lowered.faults);
  check_disk(given["disk"], lowered.faults);
}

/// A name of dedicated hosts becomes a lookup.
void look_up_hosts(Draft& machine, Lowered& lowered) {
  const auto given = machine.attributes.find("deploy-target");
  if (given == machine.attributes.end() || !given->second.text() || is_uuid(*given->second.text()))
    return;
  given->second = look_up(machine.object.address + "/deploy-target", deploy_target, "name",
                          given->second, "exoscale.deploy-target", lowered);
}

/// What only Exoscale has: the attributes of `allowed`, and a group of its own to spread a pool.
void lower_native(Draft& machine, const Declaration& declaration, const LoweringContext& context,
                  const std::vector<std::string_view>& allowed, Lowered& lowered) {
  set_native(machine, declaration, allowed, lowered.faults,
             {boolean("spread", "Members run on different hosts")});
  look_up_hosts(machine, lowered);
  if (!(declaration.native["spread"] == Value(true))) return;
  Draft group(declaration.address + "/spread", anti_affinity_group);
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
  Draft machine(declaration.address, instance);
  lower_machine(machine, declaration, context, lowered);
  lower_native(machine, declaration, context,
               {"anti-affinity-groups", "deploy-target", "public-ip-assignment", "running"},
               lowered);
  add_main(std::move(machine), lowered);
  lowered.outputs = {{"", refer(declaration.address)},
                     {"id", refer(declaration.address)},
                     {"address", refer(declaration.address, "public-ip")},
                     {"ipv6_address", refer(declaration.address, "ipv6-address")},
                     {"state", refer(declaration.address, "state")}};
  return lowered;
}

Lowered lower_instance_pool(const Declaration& declaration, const LoweringContext& context) {
  Lowered lowered;
  Draft pool(declaration.address, instance_pool);
  lower_machine(pool, declaration, context, lowered);
  pool.set("size", declaration.attributes["count"], "count");
  pool.set("min-available", declaration.attributes["min_available"], "min_available");
  lower_native(pool, declaration, context,
               {"anti-affinity-groups", "deploy-target", "description", "elastic-ips",
                "instance-prefix", "private-networks", "public-ip-assignment"},
               lowered);
  add_main(std::move(pool), lowered);
  lowered.outputs = {{"", refer(declaration.address)},
                     {"id", refer(declaration.address)},
                     {"count", refer(declaration.address, "size")},
                     {"state", refer(declaration.address, "state")}};
  return lowered;
}

}  // namespace stackctl::exoscale
