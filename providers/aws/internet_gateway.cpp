// aws.internet_gateway: what a VPC's public addresses are reached through.
#include "listings.h"
#include "tagging.h"
#include "types.h"
#include "wire.h"

namespace stackctl::aws {
namespace {

std::vector<LiveObject> decode(const ResourceType& type, const Value& listed, Diagnostics& faults) {
  std::vector<LiveObject> gateways;
  for_each_item(type, listed["internet_gateways"], faults, [&](const Value& item) {
    Map& attributes =
        *gateways.emplace_back(decode_object(type, item, "InternetGatewayId")).attributes.map();
    const std::span<const Value> attachments = items_of(item["attachmentSet"]);
    const Value vpc = attachments.empty() ? Value() : member(attachments.front(), "VpcId");
    attributes.insert_or_assign("Attached", !vpc.is_null());
    if (!vpc.is_null()) attributes.insert_or_assign("VpcId", vpc);
  });
  return gateways;
}

Call create(const Api& api, const Work& work) {
  return api.create(ec2, "CreateInternetGateway",
                    Map{{"TagSpecification", tag_specification("internet-gateway", work)}});
}

Map attachment(const LiveObject& live, const Value& vpc) {
  return {{"InternetGatewayId", live.id}, {"VpcId", vpc}};
}

/// A second attempt would be refused, so a lost answer is looked after.
std::vector<Call> update(const Api& api, const Work& work, const LiveObject& live) {
  if (live.attributes["Attached"] == Value(true)) return {};
  return {api.create(ec2, "AttachInternetGateway", attachment(live, work.desired["VpcId"]))};
}

std::vector<Call> remove(const Api& api, const LiveObject& live) {
  std::vector<Call> calls;
  if (const Value& vpc = live.attributes["VpcId"]; !vpc.is_null())
    calls.push_back(api.change(ec2, "DetachInternetGateway", attachment(live, vpc)));
  calls.push_back(api.change(ec2, "DeleteInternetGateway", Map{{"InternetGatewayId", live.id}}));
  return calls;
}

Schema schema() {
  return {
      name_tag(),
      ref("VpcId", "aws.vpc", "Network that it leads to").required().unlisted().replaces(),
      boolean("Attached", "Whether it is attached to that network").otherwise(true).late(),
      tags(),
      output("id", "Identifier"),
  };
}

}  // namespace

extern const Type internet_gateway{
    .resource =
        {
            .name = "aws.internet_gateway",
            .help = "The way between a network's public addresses and the internet.",
            .schema = schema(),
            .listing = "internet_gateways",
            .key = {"Name"},
            .typical = std::chrono::seconds{2},
            .typical_removal = std::chrono::seconds{2},
            .rank = 1,
        },
    .decode = decode,
    .create = create,
    .update = update,
    .remove = remove,
    .created_id = "internetGateway/internetGatewayId",
};

}  // namespace stackctl::aws
