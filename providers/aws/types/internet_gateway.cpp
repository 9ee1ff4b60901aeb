// aws.internet_gateway: what a VPC's public addresses are reached through.
#include "aws/api/wire.h"
#include "types.h"

namespace stackctl::aws {
namespace {

void show_attachment(Map& shown, const Value& /*item*/, const Value& /*listed*/) {
  shown.insert_or_assign("Attached", shown.contains("VpcId"));
}

/// It is attached by a call of its own.
void without_network(Map& parameters, const Api& /*api*/, const Work& /*work*/) {
  parameters.erase("VpcId");
}

Map attachment(const LiveObject& live, const Value& vpc) {
  return {{"InternetGatewayId", live.id}, {"VpcId", vpc}};
}

/// A second attempt would be refused, so a lost answer is looked after.
std::vector<Call> update(const Api& api, const Work& work, const LiveObject& live) {
  if (live.attributes["Attached"] == Value(true)) return {};
  return {api.create(ec2, "AttachInternetGateway", attachment(live, work.desired["VpcId"]))};
}

std::vector<Call> detach(const Api& api, const LiveObject& live) {
  const Value& vpc = live.attributes["VpcId"];
  if (vpc.is_null()) return {};
  return {api.change(ec2, "DetachInternetGateway", attachment(live, vpc))};
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
            .is_counted = true,
            .key = {"Name"},
            .typical = std::chrono::seconds{2},
            .typical_removal = std::chrono::seconds{2},
            .rank = 1,
        },
    .shown = {.list = "internet_gateways",
              .id = "InternetGatewayId",
              .elsewhere = {{"VpcId", "attachmentSet/item/vpcId"}},
              .reshape = show_attachment},
    .creation = {.action = "CreateInternetGateway",
                 .word = "internet-gateway",
                 .prepare = without_network},
    .update = update,
    .removal = {"DeleteInternetGateway", {"InternetGatewayId"}, detach},
    .created_id = "internetGateway/internetGatewayId",
};

}  // namespace stackctl::aws
