#include "machine.h"

#include <array>
#include <string>
#include <utility>

#include "stackctl/crypto.h"
#include "wire.h"

namespace stackctl::aws {
namespace {

/// What volumes are made with, as both sides of it are called.
constexpr std::array<std::string_view, 3> kOfVolume = {"VolumeSize", "VolumeType", "Encrypted"};

void copy(const Value& from, std::string_view name, Map& out) {
  if (!from[name].is_null()) out.insert_or_assign(std::string(name), from[name]);
}

/// The image's own mapping of the system disk, made different.
Value system_disk(const Value& desired) {
  Map volume;
  for (const std::string_view name : kOfVolume) copy(desired, name, volume);
  if (volume.empty() || desired["RootDeviceName"].is_null()) return {};
  volume.insert_or_assign("DeleteOnTermination", true);
  return List{Map{{"DeviceName", desired["RootDeviceName"]}, {"Ebs", std::move(volume)}}};
}

List group_ids(const Value& groups) {
  List ids;
  for (const Value& group : items_of(groups))
    ids.push_back(group.map() == nullptr ? group : member(group, "GroupId"));
  return ids;
}

/// Groups that were given with the interface, some servers show only there.
List groups_of(const Value& shown, const Value& interface) {
  for (const Value* const groups :
       {&shown["groupSet"], &shown["securityGroupIdSet"], &interface["groupSet"]})
    if (List ids = group_ids(*groups); !ids.empty()) return ids;
  return {};
}

const Value& first_of(const Value& list) {
  static const Value none;
  return items_of(list).empty() ? none : items_of(list).front();
}

Value profile_name(const Value& profile) {
  if (!profile["name"].is_null()) return profile["name"];
  const std::string_view arn = profile.text_at("arn");
  return arn.empty() ? Value() : Value(arn.substr(arn.rfind('/') + 1));
}

}  // namespace

Schema machine_attributes() {
  return {
      ref("ImageId", "aws.image", "What it boots from").required(),
      text("InstanceType", "Processors and memory, such as t3.small").required(),
      ref("KeyName", "aws.key_pair", "Who may log in"),
      set_of("SecurityGroupId", ref("group", "aws.security_group", "A group"),
             "Firewalls around it; the network's default group unless given"),
      boolean("AssociatePublicIpAddress", "Whether it gets an address on the internet"),
      ref("IamInstanceProfile", "aws.instance_profile",
          "Profile with the role that its programs have"),
      text("UserData", "What cloud-init does at the first boot"),
      text("RootDeviceName", "What the image calls its system disk").uncompared(),
      integer("VolumeSize", "Size of the system disk in GiB; it can only grow"),
      text("VolumeType", "Kind of the system disk, such as gp3"),
      boolean("Encrypted", "Whether the system disk is encrypted"),
  };
}

Map machine_parameters(const Value& desired, Map interface) {
  Map out;
  for (const char* const name : {"ImageId", "InstanceType", "KeyName"}) copy(desired, name, out);
  if (const std::string* script = desired["UserData"].revealed())
    out.insert_or_assign("UserData", crypto::base64(*script));
  if (const Value& profile = desired["IamInstanceProfile"]; !profile.is_null())
    out.insert_or_assign("IamInstanceProfile", Map{{"Name", profile}});
  for (const char* const name : {"SecurityGroupId", "AssociatePublicIpAddress"})
    copy(desired, name, interface);
  interface.insert_or_assign("DeviceIndex", 0);
  interface.insert_or_assign("DeleteOnTermination", true);
  out.insert_or_assign("NetworkInterface", List{std::move(interface)});
  out.insert_or_assign("BlockDeviceMapping", system_disk(desired));
  return out;
}

Map flat_machine(const Value& shown) {
  Map out = *shown.map();
  const Value& interface = first_of(shown["networkInterfaceSet"]);
  out.insert_or_assign("SecurityGroupId", groups_of(shown, interface));
  out.insert_or_assign("AssociatePublicIpAddress", interface["associatePublicIpAddress"]);
  out.insert_or_assign("IamInstanceProfile", profile_name(shown["iamInstanceProfile"]));
  const Value& disk = member(first_of(shown["blockDeviceMappingSet"]), "Ebs");
  for (const std::string_view name : kOfVolume)
    out.insert_or_assign(std::string(name), member(disk, name));
  if (const std::string* const script = shown["userData"].text()) {
    const auto plain = crypto::base64_decode(*script);
    out.insert_or_assign("UserData", plain.value_or(*script));
  }
  return out;
}

std::vector<const Value*> instances_in(const Value& listed) {
  std::vector<const Value*> instances;
  for (const Value& reservation : listed["reservations"].items())
    for (const Value& instance : items_of(reservation["instancesSet"]))
      if (instance.map() != nullptr) instances.push_back(&instance);
  return instances;
}

std::string_view state_of(const Value& instance) {
  return instance["instanceState"].text_at("name");
}

std::string_view group_of(const Value& instance) {
  for (const Value& tag : items_of(instance["tagSet"]))
    if (tag.text_at("key") == "aws:autoscaling:groupName") return tag.text_at("value");
  return {};
}

}  // namespace stackctl::aws
