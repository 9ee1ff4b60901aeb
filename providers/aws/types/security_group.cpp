// aws.security_group: a stateful firewall around what wears it, in one VPC.
#include <algorithm>

#include "aws/api/wire.h"
#include "types.h"

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

void reshape(Map& shown, const Value& item, const Value& /*listed*/) {
  shown.insert_or_assign("DefaultEgress", has_default_egress(item));
  // The one that every network has goes with it, so it does not hold it.
  if (item.text_at("groupName") == "default") shown.erase("vpcId");
}

/// A second attempt would be refused, so a lost answer is looked after.
std::vector<Call> update(const Api& api, const Work& work, const LiveObject& live) {
  const bool is_wanted = !(work.desired["DefaultEgress"] == Value(false));
  if (live.attributes["DefaultEgress"] == Value(is_wanted)) return {};
  const Map permission{{"IpProtocol", "-1"}, {"IpRanges", List{Map{{"CidrIp", kEverywhere}}}}};
  return {api.create(ec2, is_wanted ? "AuthorizeSecurityGroupEgress" : "RevokeSecurityGroupEgress",
                     Map{{"GroupId", live.id}, {"IpPermissions", List{permission}}})};
}

Schema schema() {
  return {
      fixed_name("GroupName", "Unique in its network"),
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
            .is_counted = true,
            .key = {"GroupName", "VpcId"},
            .key_is_unique = true,
            .create_first = true,
            .typical = std::chrono::seconds{2},
            .typical_removal = std::chrono::seconds{1},
            .rank = 1,
        },
    .shown = {.list = "security_groups", .id = "GroupId", .reshape = reshape},
    .creation = {.action = "CreateSecurityGroup", .word = "security-group"},
    .update = update,
    .removal = {"DeleteSecurityGroup", {"GroupId"}},
    .created_id = "groupId",
};

}  // namespace stackctl::aws
