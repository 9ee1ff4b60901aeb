// aws.security_group: a stateful firewall around what wears it, in one VPC.
#include <algorithm>

#include "listings.h"
#include "tagging.h"
#include "types.h"
#include "wire.h"

namespace stackctl::aws {
namespace {

constexpr std::string_view kEverywhere = "0.0.0.0/0";

/// AWS gives every new group a rule that lets everything out.
bool has_default_egress(const Value& item) {
  const auto is_all_open = [](const Value& permission) {
    const std::span<const Value> ranges = items_of(permission["ipRanges"]);
    return permission.text_at("ipProtocol") == "-1" &&
           std::ranges::any_of(
               ranges, [](const Value& range) { return range.text_at("cidrIp") == kEverywhere; });
  };
  return std::ranges::any_of(items_of(item["ipPermissionsEgress"]), is_all_open);
}

std::vector<LiveObject> decode(const ResourceType& type, const Value& listed, Diagnostics& faults) {
  std::vector<LiveObject> groups;
  for_each_item(type, listed["security_groups"], faults, [&](const Value& item) {
    LiveObject& group = groups.emplace_back(decode_object(type, item, "GroupId"));
    group.attributes.map()->insert_or_assign("DefaultEgress", has_default_egress(item));
    // The one that every network has goes with it, so it does not hold it.
    if (item.text_at("groupName") == "default") group.attributes.map()->erase("VpcId");
  });
  return groups;
}

Call create(const Api& api, const Work& work) {
  Map parameters = encode_declared(*work.type, work.desired);
  parameters.insert_or_assign("TagSpecification", tag_specification("security-group", work));
  return api.create(ec2, "CreateSecurityGroup", parameters);
}

/// A second attempt would be refused, so a lost answer is looked after.
std::vector<Call> update(const Api& api, const Work& work, const LiveObject& live) {
  const bool is_wanted = !(work.desired["DefaultEgress"] == Value(false));
  if (live.attributes["DefaultEgress"] == Value(is_wanted)) return {};
  const Map permission{{"IpProtocol", "-1"}, {"IpRanges", List{Map{{"CidrIp", kEverywhere}}}}};
  return {api.create(ec2, is_wanted ? "AuthorizeSecurityGroupEgress" : "RevokeSecurityGroupEgress",
                     Map{{"GroupId", live.id}, {"IpPermissions", List{permission}}})};
}

std::vector<Call> remove(const Api& api, const LiveObject& live) {
  return {api.change(ec2, "DeleteSecurityGroup", Map{{"GroupId", live.id}})};
}

Schema schema() {
  return {
      text("GroupName", "Unique in its network").required().replaces().physical_name(),
      text("GroupDescription", "Shown in the console").required().replaces(),
      ref("VpcId", "aws.vpc", "Network it is part of").required().replaces(),
      boolean("DefaultEgress", "Whether the rule is there that lets everything out")
          .otherwise(true)
          .late(),
      tags(),
      output("id", "Identifier"),
  };
}

}  // namespace

extern const Type security_group{
    .resource =
        {
            .name = "aws.security_group",
            .help = "A stateful firewall around what wears it, in one network.",
            .schema = schema(),
            .listing = "security_groups",
            .key = {"GroupName", "VpcId"},
            .key_is_unique = true,
            .create_first = true,
            .typical = std::chrono::seconds{2},
            .typical_removal = std::chrono::seconds{1},
            .rank = 1,
        },
    .decode = decode,
    .create = create,
    .update = update,
    .remove = remove,
    .created_id = "groupId",
};

}  // namespace stackctl::aws
