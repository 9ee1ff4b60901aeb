#include "single_machine.h"

#include <algorithm>
#include <utility>

#include "aws/api/tagging.h"
#include "aws/api/wire.h"
#include "machine.h"

namespace stackctl::aws {
namespace {

constexpr std::string_view kTerminate = "TerminateInstances";
constexpr std::string_view kDescribe = "DescribeInstances";

List tag_specifications(const Work& work) {
  Map disk{{"Name", work.desired["Name"]}};
  if (const Value& labels = work.desired["Tags"]; labels.map() != nullptr)
    disk.insert(labels.map()->begin(), labels.map()->end());
  return {Map{{"ResourceType", "instance"}, {"Tag", tag_list(work)}},
          Map{{"ResourceType", "volume"}, {"Tag", tag_list(disk)}}};
}

bool is_gone(const Value& answer) {
  const std::span<const Value> reservations = items_of(answer["reservationSet"]);
  const Value listed = Map{{"reservations", List(reservations.begin(), reservations.end())}};
  return std::ranges::all_of(instances_in(listed), [](const Value* instance) {
    return state_of(*instance) == "terminated";
  });
}

}  // namespace

Schema single_machine() {
  Schema schema = {name_tag()};
  for (Attribute& attribute : machine_attributes()) {
    attribute.is_immutable = !attribute.is_uncompared;
    // The interface shows the address, not what was asked; disks are listed apart.
    attribute.is_unlisted = attribute.name == "AssociatePublicIpAddress" || is_of_disk(attribute);
    attribute.is_write_only = attribute.name == "UserData";
    schema.push_back(std::move(attribute));
  }
  const Schema own = {
      ref("SubnetId", "aws.subnet", "Where it is").replaces(),
      tags(),
      output("id", "Identifier"),
      output("State", "What the cloud says of it"),
  };
  schema.insert(schema.end(), own.begin(), own.end());
  return schema;
}

LiveObject decode_machine(const ResourceType& type, const Value& item, const Map& more) {
  Map shown = flat_machine(item);
  shown.erase("AssociatePublicIpAddress");
  shown.insert_or_assign("State", state_of(item));
  for (const auto& [name, value] : more) shown.insert_or_assign(name, value);
  LiveObject machine = decode_object(type, shown, "InstanceId");
  machine.created = item.text_at("launchTime");
  set_state(machine, state_of(item));
  return machine;
}

Call run_machine(const Api& api, const Work& work, const Map& more) {
  Map interface;
  for (const char* const name : {"SubnetId", "PrivateIpAddress"})
    if (!work.desired[name].is_null()) interface.emplace(name, work.desired[name]);
  Map parameters = machine_parameters(work.desired, std::move(interface));
  for (const auto& [name, value] : more) parameters.insert_or_assign(name, value);
  parameters.insert_or_assign("MinCount", 1);
  parameters.insert_or_assign("MaxCount", 1);
  parameters.insert_or_assign("ClientToken", work.token);
  parameters.insert_or_assign("TagSpecification", tag_specifications(work));
  return api.create(ec2, "RunInstances", parameters);
}

Call terminate_machine(const Api& api, const LiveObject& live) {
  return api.change(ec2, kTerminate, Map{{"InstanceId", List{live.id}}});
}

Progress follow_machine(const Api& api, const Work& work, const Call& call, const Value& answer) {
  const bool is_asking = action_of(call) == kDescribe;
  if (work.action != Action::remove || (action_of(call) != kTerminate && !is_asking))
    return Settled{};
  if (is_asking && is_gone(answer)) return Settled{};
  return Poll{api.read(ec2, kDescribe, Map{{"InstanceId", List{work.live.id}}}), "its removal"};
}

}  // namespace stackctl::aws
