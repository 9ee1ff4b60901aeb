// aws.nat_gateway: how what has no public address reaches the internet.
#include "listings.h"
#include "tagging.h"
#include "types.h"
#include "wire.h"

namespace stackctl::aws {
namespace {

/// Those that are gone are listed for an hour.
std::vector<LiveObject> decode(const ResourceType& type, const Value& listed, Diagnostics& faults) {
  std::vector<LiveObject> gateways;
  for_each_item(type, listed["nat_gateways"], faults, [&](const Value& item) {
    if (item.text_at("state") == "deleted") return;
    LiveObject& gateway = gateways.emplace_back(decode_object(type, item, "NatGatewayId"));
    set_state(gateway, item.text_at("state"));
    gateway.created = item.text_at("createTime");
    const std::span<const Value> addresses = items_of(item["natGatewayAddressSet"]);
    if (addresses.empty()) return;
    for (const char* const name : {"AllocationId", "PublicIp"})
      if (const Value& value = member(addresses.front(), name); !value.is_null())
        gateway.attributes.map()->insert_or_assign(name, value);
  });
  return gateways;
}

Call create(const Api& api, const Work& work) {
  Map parameters = encode_declared(*work.type, work.desired);
  parameters.insert_or_assign("ClientToken", work.token);
  parameters.insert_or_assign("TagSpecification", tag_specification("natgateway", work));
  return api.create(ec2, "CreateNatGateway", parameters);
}

std::vector<Call> remove(const Api& api, const LiveObject& live) {
  return {api.change(ec2, "DeleteNatGateway", Map{{"NatGatewayId", live.id}})};
}

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
            .key = {"Name"},
            .typical = std::chrono::minutes{2},
            .typical_removal = std::chrono::minutes{1},
            .rank = 3,
        },
    .decode = decode,
    .create = create,
    .remove = remove,
    .follow = follow,
    .created_id = "natGateway/natGatewayId",
};

}  // namespace stackctl::aws
