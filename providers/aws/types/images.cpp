#include "images.h"

#include <algorithm>
#include <array>
#include <fnmatch.h>
#include <map>
#include <set>
#include <string_view>

#include "aws/api/wire.h"
#include "stackctl/text.h"

namespace stackctl::aws {
namespace {

constexpr std::string_view kSelf = "self";
constexpr std::string_view kAmazon = "amazon";
constexpr std::string_view kCanonical = "099720109477";
constexpr std::string_view kDebian = "136693071363";

struct Known {
  std::string_view name;
  std::string_view owner;
  std::string_view pattern;  ///< of AWS's own names
};
constexpr std::array kKnown = {
    Known{"amazon-linux-2", kAmazon, "amzn2-ami-hvm-*-x86_64-gp2"},
    Known{"amazon-linux-2023", kAmazon, "al2023-ami-2023.*-kernel-6.1-x86_64"},
    Known{"debian-11", kDebian, "debian-11-amd64-*"},
    Known{"debian-12", kDebian, "debian-12-amd64-*"},
    Known{"debian-13", kDebian, "debian-13-amd64-*"},
    Known{"ubuntu-20.04", kCanonical, "ubuntu/images/hvm-ssd/ubuntu-focal-20.04-amd64-server-*"},
    Known{"ubuntu-22.04", kCanonical, "ubuntu/images/hvm-ssd/ubuntu-jammy-22.04-amd64-server-*"},
    Known{"ubuntu-24.04", kCanonical,
          "ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-*"},
};

/// Whose images are taken where nobody is named: anybody may publish under any name.
List trusted_owners() { return {kSelf, kAmazon, kCanonical, kDebian}; }

/// All of them: there may be one that is the stack's.
Call describe_own(const Api& api) {
  constexpr int page = 1000;
  return api.read(ec2, "DescribeImages", Map{{"Owner", List{kSelf}}, {"MaxResults", page}});
}

/// Images that are deprecated stay usable, and in use.
Call describe(const Api& api, List owners, const Map& wanted) {
  Map parameters{{"Filter", filters(wanted)}, {"IncludeDeprecated", true}};
  if (!owners.empty()) parameters.insert_or_assign("Owner", std::move(owners));
  return api.read(ec2, "DescribeImages", parameters);
}

List snapshots_of(const Value& item) {
  List ids;
  for (const Value& disk : items_of(item["blockDeviceMapping"]))
    if (const Value& id = disk["ebs"]["snapshotId"]; !id.is_null()) ids.push_back(id);
  return ids;
}

LiveObject decode_one(const ResourceType& type, const Value& item) {
  Map shown = *item.map();
  shown.insert_or_assign("Owner", item["imageOwnerId"]);
  shown.insert_or_assign("State", item["imageState"]);
  shown.insert_or_assign("InstanceId", item["sourceInstanceId"]);
  shown.insert_or_assign("SnapshotIds", snapshots_of(item));
  LiveObject image = decode_object(type, shown, "ImageId");
  image.created = item.text_at("creationDate");
  set_state(image, item.text_at("imageState"));
  if (const std::string_view why = item["stateReason"].text_at("message");
      image.condition == Condition::failed && !why.empty())
    image.state += ": " + harmless(why);
  return image;
}

}  // namespace

Map image_lookup(const std::string& name) {
  // Others may be half made.
  Map wanted{{"State", "available"}};
  const auto known = std::ranges::find(kKnown, name, &Known::name);
  const bool is_known = known != kKnown.end();
  wanted.insert_or_assign(name.starts_with("ami-") ? "id" : "Name",
                          is_known ? Value(known->pattern) : Value(name));
  if (is_known) wanted.insert_or_assign("Owner", known->owner);
  return wanted;
}

bool is_image_name(const Value& desired, const Value& live) {
  return desired.text() != nullptr && live.text() != nullptr &&
         ::fnmatch(desired.text()->c_str(), live.text()->c_str(), 0) == 0;
}

// What aliases stand for, only the call knows that asked for it.
bool is_image_owner(const Value& desired, const Value& /*live*/) {
  return desired.text() != nullptr && (*desired.text() == kAmazon || *desired.text() == kSelf);
}

std::vector<Call> find_published_images(const Api& api, std::span<const Value> lookups) {
  List ids;
  std::map<std::string, List, std::less<>> names;  // by owner
  for (const Value& image : lookups) {
    if (!image["id"].is_null())
      ids.push_back(image["id"]);
    else
      names[std::string(image.text_at("Owner"))].push_back(image["Name"]);
  }
  std::vector<Call> calls;
  if (!ids.empty()) calls.push_back(describe(api, {}, {{"image-id", ids}}));
  for (const auto& [owner, wanted] : names)
    if (owner != kSelf)
      calls.push_back(
          describe(api, owner.empty() ? trusted_owners() : List{owner}, {{"name", wanted}}));
  return calls;
}

std::vector<Call> find_images(const Api& api, std::span<const Value> lookups) {
  std::vector<Call> calls = find_published_images(api, lookups);
  calls.insert(calls.begin(), describe_own(api));
  return calls;
}

std::vector<LiveObject> decode_images(const ResourceType& type, const Value& listed,
                                      Diagnostics& faults) {
  // What is the account's own and looked up as well, is listed twice.
  std::vector<LiveObject> images;
  std::set<std::string_view> seen;
  for_each_item(type, listed["images"], faults, [&](const Value& item) {
    if (seen.insert(item.text_at("imageId")).second) images.push_back(decode_one(type, item));
  });
  return images;
}

}  // namespace stackctl::aws
