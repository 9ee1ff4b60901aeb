#include "machine.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "aws/api/wire.h"
#include "stackctl/crypto.h"

namespace stackctl::aws {
namespace {

/// What volumes are made with, as both sides of it are called.
constexpr std::array<std::string_view, 6> kOfVolume = {"VolumeSize", "VolumeType", "Iops",
                                                       "Throughput", "Encrypted",  "KmsKeyId"};

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

/// What is not asked for is as the image or the account has it.
bool has_these(const Value& desired, const Value& live) {
  return desired.map() != nullptr && std::ranges::all_of(*desired.map(), [&](const auto& option) {
           return option.second.is_null() || option.second == live[option.first];
         });
}

/// How programs on it ask for what it is, and for the credentials of its role.
Attribute metadata_options() {
  return object("MetadataOptions", "What its programs may ask AWS about it",
                {
                    text("HttpTokens",
                         "Whether questions need a token, which requests that a "
                         "program was talked into cannot get")
                        .one_of({"required", "optional"}),
                    text("HttpEndpoint", "Whether they are answered at all")
                        .one_of({"enabled", "disabled"}),
                    integer("HttpPutResponseHopLimit",
                            "How far answers go; 2 lets containers have them")
                        .check(check::positive),
                    text("InstanceMetadataTags", "Whether its tags are told")
                        .one_of({"enabled", "disabled"}),
                })
      .satisfied_by(has_these);
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
      integer("Iops", "Operations of the system disk a second").check(check::positive),
      integer("Throughput", "MiB a second of the system disk").check(check::positive),
      boolean("Encrypted", "Whether the system disk is encrypted"),
      text("KmsKeyId", "Key that it is encrypted with; the account's usual one unless given"),
      metadata_options(),
  };
}

bool is_of_disk(const Attribute& attribute) {
  return std::ranges::find(kOfVolume, attribute.name) != kOfVolume.end();
}

Map machine_parameters(const Value& desired, Map interface) {
  Map out;
  for (const char* const name : {"ImageId", "InstanceType", "KeyName", "MetadataOptions"})
    copy(desired, name, out);
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
