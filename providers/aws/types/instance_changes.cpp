#include "instance_changes.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "type.h"

namespace stackctl::aws {
namespace {

/// Attributes that ModifyInstanceAttribute takes one at a time, as {Value: …}.
constexpr std::array<std::string_view, 2> kSwitches = {"SourceDestCheck", "DisableApiTermination"};
/// Of the system disk, and what ModifyVolume calls them.
struct OfDisk {
  std::string_view attribute;
  std::string_view parameter;
};
constexpr std::array kOfDisk = {OfDisk{"VolumeSize", "Size"}, OfDisk{"VolumeType", "VolumeType"},
                                OfDisk{"Iops", "Iops"}, OfDisk{"Throughput", "Throughput"}};

class Change {
 public:
  Change(const Api& api, const Work& work, const LiveObject& live)
      : api_(api), work_(work), live_(live) {}

  std::vector<Call> calls() && {
    if (const Value* const groups = news("SecurityGroupId")) set("GroupId", *groups);
    for (const std::string_view name : kSwitches)
      if (const Value* const value = news(name)) set(std::string(name), Map{{"Value", *value}});
    change_metadata();
    change_disk();
    if (is_changed(work_, "AllocationId")) change_address();
    if (is_changed(work_, "InstanceType") || is_changed(work_, "Running")) change_power();
    return std::move(calls_);
  }

 private:
  /// What it is to become, if it is to.
  const Value* news(std::string_view name) const {
    const Value& wanted = work_.desired[name];
    return is_changed(work_, name) && !wanted.is_null() ? &wanted : nullptr;
  }

  void send(std::string_view action, const Map& parameters) {
    calls_.push_back(api_.change(ec2, action, parameters));
  }

  void set(std::string name, Value value) {
    send("ModifyInstanceAttribute",
         Map{{"InstanceId", live_.id}, {std::move(name), std::move(value)}});
  }

  void change_metadata() {
    const Value* const options = news("MetadataOptions");
    if (options == nullptr) return;
    Map parameters = *options->map();
    parameters.insert_or_assign("InstanceId", live_.id);
    send("ModifyInstanceMetadataOptions", parameters);
  }

  void change_disk() {
    Map parameters;
    for (const OfDisk& row : kOfDisk)
      if (const Value* const value = news(row.attribute))
        parameters.insert_or_assign(std::string(row.parameter), *value);
    if (parameters.empty()) return;
    parameters.insert_or_assign("VolumeId", live_.attributes["RootVolumeId"]);
    send("ModifyVolume", parameters);
  }

  void change_address() {
    const Value& wanted = work_.desired["AllocationId"];
    const Value& held = live_.attributes["AssociationId"];
    if (!wanted.is_null())
      send("AssociateAddress",
           Map{{"AllocationId", wanted}, {"InstanceId", live_.id}, {"AllowReassociation", true}});
    else if (!held.is_null())
      send("DisassociateAddress", Map{{"AssociationId", held}});
  }

  /// The size changes only while it is stopped; that is waited for.
  void change_power() {
    const bool is_wanted = work_.desired["Running"] != Value(false);
    const bool is_running = live_.attributes["Running"] == Value(true);
    const Value* const size = news("InstanceType");
    const auto turn = [&](std::string_view action) {
      send(action, Map{{"InstanceId", List{live_.id}}});
    };
    if (is_running && (size != nullptr || !is_wanted)) return turn("StopInstances");
    if (size != nullptr) set("InstanceType", Map{{"Value", *size}});
    if (!is_running && is_wanted) turn("StartInstances");
  }

  const Api& api_;
  const Work& work_;
  const LiveObject& live_;
  std::vector<Call> calls_;
};

}  // namespace

bool is_changeable(const Attribute& attribute) {
  const auto is_it = [&](std::string_view name) { return attribute.name == name; };
  return is_it("InstanceType") || is_it("SecurityGroupId") || is_it("MetadataOptions") ||
         std::ranges::any_of(kOfDisk, is_it, &OfDisk::attribute);
}

std::vector<Call> change_instance(const Api& api, const Work& work, const LiveObject& live) {
  return Change(api, work, live).calls();
}

}  // namespace stackctl::aws
