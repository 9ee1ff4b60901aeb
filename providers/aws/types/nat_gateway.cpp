// aws.nat_gateway: how what has no public address reaches the internet.
#include "aws/api/wire.h"
#include "types.h"

namespace stackctl::aws {
namespace {

/// Until it is gone it holds its subnet and its address.
Progress follow(const Api& api, const Work& work, const Call& call, const Value& answer) {
  if (work.action != Action::remove) return Settled{};
  const std::span<const Value> listed = items_of(answer["natGatewaySet"]);
  const bool is_gone = listed.empty() || listed.front().text_at("state") == "deleted";
  if (action_of(call) == "DescribeNatGateways" && is_gone) return Settled{};
  return Poll{api.read(ec2, "DescribeNatGateways", Map{{"NatGatewayId", List{work.live.id}}}),
              "its removal"};
}

Schema schema() {
  return {
      name_tag(),
      ref("SubnetId", "aws.subnet", "Public subnet that it stands in").required().replaces(),
      ref("AllocationId", "aws.elastic_ip", "Its address").required().replaces(),
      tags(),
      output("id", "Identifier"),
      output("PublicIp", "Its address"),
  };
}

}  // namespace

extern const Type nat_gateway{
    .resource =
        {
            .name = "aws.nat_gateway",
            .help = "The way from private subnets to the internet. AWS charges by the hour and by "
                    "what goes through it.",
            .schema = schema(),
            .listing = "nat_gateways",
            .is_counted = true,
            .key = {"Name"},
            .typical = std::chrono::minutes{2},
            .typical_removal = std::chrono::minutes{1},
            .rank = 3,
        },
    .shown = {.list = "nat_gateways",
              .id = "NatGatewayId",
              .state = "state",
              .created = "createTime",
              .elsewhere = {{"AllocationId", "natGatewayAddressSet/item/allocationId"},
                            {"PublicIp", "natGatewayAddressSet/item/publicIp"}}},
    .creation = {.action = "CreateNatGateway", .word = "natgateway", .takes_token = true},
    .removal = {"DeleteNatGateway", {"NatGatewayId"}},
    .follow = follow,
    .created_id = "natGateway/natGatewayId",
};

}  // namespace stackctl::aws
