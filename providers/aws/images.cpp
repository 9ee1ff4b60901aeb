#include "images.h"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>

#include "wire.h"

namespace stackctl::aws {
namespace {

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
List trusted_owners() { return {"self", kAmazon, kCanonical, kDebian}; }

/// Images that are deprecated stay usable, and in use.
Call describe(const Api& api, List owners, Map wanted) {
  wanted.insert_or_assign("state", "available");
  Map parameters{{"Filter", filters(wanted)}, {"IncludeDeprecated", true}};
  if (!owners.empty()) parameters.insert_or_assign("Owner", std::move(owners));
  return api.read(ec2, "DescribeImages", parameters);
}

}  // namespace

Map image_lookup(const std::string& name) {
  if (name.starts_with("ami-")) return {{"id", name}};
  const auto known = std::ranges::find(kKnown, name, &Known::name);
  if (known == kKnown.end()) return {{"Name", name}};
  return {{"Name", known->pattern}, {"Owner", known->owner}};
}

std::vector<Call> find_images(const Api& api, std::span<const Value> sought) {
  List ids;
  std::map<std::string, List, std::less<>> names;  // by owner
  for (const Value& image : sought) {
    if (!image["id"].is_null())
      ids.push_back(image["id"]);
    else
      names[std::string(image.text_at("Owner"))].push_back(image["Name"]);
  }
  std::vector<Call> calls;
  if (!ids.empty()) calls.push_back(describe(api, {}, {{"image-id", ids}}));
  for (const auto& [owner, wanted] : names)
    calls.push_back(
        describe(api, owner.empty() ? trusted_owners() : List{owner}, {{"name", wanted}}));
  return calls;
}

}  // namespace stackctl::aws
