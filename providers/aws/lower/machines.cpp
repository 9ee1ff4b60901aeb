// Instances and pools of them.
#include <algorithm>
#include <optional>

#include "aws/types/types.h"
#include "lowering_tools.h"
#include "lowerings.h"
#include "machine_lookups.h"

namespace stackctl::aws {
namespace {

constexpr std::string_view kTemplate = "/template";

bool has_public_address(const Value& given) { return given["public_address"] != Value(false); }

/// What single instances and templates have in common.
void lower_machine(Draft& machine, const Declaration& declaration, Lowered& lowered) {
  const Value& given = declaration.attributes;
  set_machine(machine, given, {declaration.address}, lowered);
  machine.set("AssociatePublicIpAddress", has_public_address(given), "public_address");
  if (!given["affinity_groups"].items().empty())
    lowered.faults.push_back(fault_at("affinity_groups", "there are no affinity groups on AWS",
                                      "pools are spread over zones and hosts by themselves"));
}

/// What else the block of either may say.
std::vector<std::string_view> with_native_machine(std::vector<std::string_view> names) {
  for (const char* const name : {"IamInstanceProfile", "VolumeType", "Iops", "Throughput",
                                 "Encrypted", "KmsKeyId", "MetadataOptions"})
    names.emplace_back(name);
  return names;
}

/// One network interface each, so one network.
void check_networks(const Value& networks, Diagnostics& faults) {
  if (networks.items().size() > 1)
    faults.push_back(
        fault_at("networks", "a machine is in one network on AWS", "keep one of them"));
}

Value labels_with_name(const Value& labels, const std::string& name) {
  Map tags{{"Name", name}};
  if (labels.map() != nullptr)
    for (const auto& [key, value] : *labels.map()) tags.insert_or_assign(key, value);
  return tags;
}

Schema attributes_of(const Type& type, const std::vector<std::string_view>& names) {
  Schema schema;
  for (const std::string_view name : names) {
    schema.push_back(*find(type.resource.schema, name));
    schema.back().standard = {};
    schema.back().is_required = false;
  }
  return schema;
}

/// The first address; more than one has no place.
void set_address(Draft& machine, const Value& addresses, Diagnostics& faults) {
  if (addresses.items().empty()) return;
  machine.set("AllocationId", addresses.items().front(), "addresses");
  if (addresses.items().size() > 1)
    faults.push_back(
        fault_at("addresses", "an instance has one lasting address on AWS", "keep one of them"));
}

}  // namespace

Lowered lower_instance(const Declaration& declaration, const LoweringContext& context) {
  Lowered lowered;
  const Value& given = declaration.attributes;
  Draft machine(declaration.address, instance.resource);
  machine.set("Name", context.physical_name(declaration.address), "name");
  lower_machine(machine, declaration, lowered);
  const bool is_public = has_public_address(given);
  machine.set("SubnetId", subnet_of(declaration, given["networks"], is_public, lowered),
              "networks");
  check_networks(given["networks"], lowered.faults);
  if (!given["networks"].items().empty())
    machine.set("PrivateIpAddress", given["networks"].items().front()["address"], "networks");
  set_address(machine, given["addresses"], lowered.faults);
  machine.set("Tags", given["labels"], "labels");
  if (const std::optional<bool>& protect = declaration.lifecycle.protect)
    machine.set("DisableApiTermination", *protect, "protect");
  if (!given["reverse_dns"].is_null())
    lowered.faults.push_back(fault_at(
        "reverse_dns", "instances have no reverse names of their own on AWS", "leave it out"));
  set_native(machine, declaration,
             with_native_machine({"SourceDestCheck", "Running", "SubnetId", "PrivateIpAddress"}),
             lowered.faults);
  lowered.objects.insert(lowered.objects.begin(), std::move(machine).finish());
  const std::string& own = declaration.address;
  const std::string reached_at = is_public ? "PublicIpAddress" : "PrivateIpAddress";
  lowered.outputs = {{"", refer(own)},
                     {"id", refer(own)},
                     {"address", refer(own, reached_at)},
                     {"private_address", refer(own, "PrivateIpAddress")},
                     {"zone", refer(own, "AvailabilityZone")},
                     {"state", refer(own, "State")}};
  return lowered;
}

namespace {

std::int64_t number(const Value& value, std::int64_t otherwise) {
  return value.integer() == nullptr ? otherwise : *value.integer();
}

void lower_count(Draft& group, const Value& given, Diagnostics& faults) {
  const Value& bounds = given["autoscale"];
  if (bounds.is_null()) {
    for (const char* const name : {"MinSize", "MaxSize", "DesiredCapacity"})
      group.set(name, given["count"], "count");
    return;
  }
  group.set("MinSize", bounds["min"], "autoscale.min");
  group.set("MaxSize", bounds["max"], "autoscale.max");
  group.set("StartCapacity", given["count"], "count");
  const std::int64_t count = number(given["count"], 0);
  if (number(bounds["min"], 0) > count || count > number(bounds["max"], count))
    faults.push_back(fault_at("count", "'count' must be from autoscale's min to its max"));
}

/// Old members are counted only where they are to be replaced.
void lower_update(Draft& group, const Value& given) {
  constexpr std::int64_t whole = 100;
  constexpr std::int64_t grace = 300;  // seconds, as AWS's console suggests
  const Value& update = given["update"];
  if (update.text_at("strategy") == "rolling") group.set("StaleMembers", 0, "update");
  const std::int64_t count = std::max<std::int64_t>(number(given["count"], 1), 1);
  const std::int64_t batch = std::min(number(update["batch"], 1), count);
  const std::int64_t stay = std::min(number(given["min_available"], count - batch), count);
  group.set("MinHealthyPercentage", whole * stay / count, "min_available");
  const bool waits_for_health = update.text_at("wait") != "running";
  group.set("HealthCheckType", waits_for_health ? "ELB" : "EC2", "update.wait");
  if (waits_for_health) group.set("HealthCheckGracePeriod", grace, "update.wait");
}

void add_policy(const Declaration& declaration, Lowered& lowered) {
  const Value& scale = declaration.attributes["autoscale"];
  if (scale["requests_per_target"].is_null()) return;
  if (scale["load_balancer"].reference() == nullptr) {
    lowered.faults.push_back(fault_at("autoscale.requests_per_target",
                                      "'requests_per_target' needs 'load_balancer' on AWS",
                                      "name the load balancer in front: ${lb}"));
    return;
  }
  const std::string& balancer = scale["load_balancer"].reference()->target;
  Draft policy(declaration.address + "/requests", scaling_policy.resource);
  policy.set("AutoScalingGroupName", refer(declaration.address));
  policy.set("PolicyName", "requests");
  policy.set("PredefinedMetricType", "ALBRequestCountPerTarget");
  policy.set("TargetValue", scale["requests_per_target"], "autoscale.requests_per_target");
  policy.set("LoadBalancerArn", scale["load_balancer"], "autoscale.load_balancer");
  policy.set("TargetGroupArn", Reference{balancer, "target_group of " + declaration.address},
             "autoscale.load_balancer");
  lowered.objects.push_back(std::move(policy).finish());
}

void lower_native(Draft& group, Draft& machine, const Declaration& declaration,
                  Diagnostics& faults) {
  const std::vector<std::string_view> of_machine = with_native_machine({});
  const std::vector<std::string_view> of_group = {"HealthCheckType", "HealthCheckGracePeriod",
                                                  "InstanceWarmup", "MinHealthyPercentage",
                                                  "VPCZoneIdentifier"};
  set_native(machine, declaration, of_machine, faults, attributes_of(auto_scaling_group, of_group));
  Diagnostics told_already;
  set_native(group, declaration, of_group, told_already,
             attributes_of(launch_template, of_machine));
}

}  // namespace

Lowered lower_instance_pool(const Declaration& declaration, const LoweringContext& context) {
  Lowered lowered;
  const Value& given = declaration.attributes;
  const std::string& own = declaration.address;
  const std::string name = context.physical_name(own);
  Draft machine(own + std::string(kTemplate), launch_template.resource);
  machine.set("LaunchTemplateName", name);
  lower_machine(machine, declaration, lowered);
  machine.set("Tags", given["labels"], "labels");

  Draft group(own, auto_scaling_group.resource);
  group.set("AutoScalingGroupName", name, "name");
  group.set("LaunchTemplateId", refer(machine.object.address));
  group.set("Version", refer(machine.object.address, "LatestVersionNumber"));
  group.set("VPCZoneIdentifier",
            subnets_of(declaration, given["networks"], has_public_address(given), lowered),
            "networks");
  check_networks(given["networks"], lowered.faults);
  group.set("Tags", labels_with_name(given["labels"], name), "labels");
  lower_count(group, given, lowered.faults);
  lower_update(group, given);
  lower_native(group, machine, declaration, lowered.faults);
  if (!given["addresses"].items().empty())
    lowered.faults.push_back(fault_at("addresses", "members of a pool have no lasting addresses",
                                      "put a load balancer in front of them"));
  add_policy(declaration, lowered);
  lowered.objects.insert(lowered.objects.begin(), std::move(machine).finish());
  lowered.objects.insert(lowered.objects.begin(), std::move(group).finish());
  lowered.outputs = {{"", refer(own)},
                     {"id", refer(own)},
                     {"count", refer(own, "DesiredCapacity")},
                     {"addresses", refer(own, "Addresses")},
                     {"state", refer(own, "State")}};
  return lowered;
}

}  // namespace stackctl::aws
