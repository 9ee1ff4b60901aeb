// aws.subnet: a range of a VPC's addresses in one zone.
#include "aws/api/wire.h"
#include "types.h"

namespace stackctl::aws {
namespace {

/// Its letter alone is a zone of the region.
void write_zone(Map& parameters, const Api& api, const Work& work) {
  if (const std::string_view zone = work.desired.text_at("AvailabilityZone"); zone.size() == 1)
    parameters.insert_or_assign("AvailabilityZone", api.endpoints.region + std::string(zone));
}

Schema schema() {
  return {
      name_tag(),
      ref("VpcId", "aws.vpc", "Network it is part of").required().replaces(),
      text("CidrBlock", "Its addresses, from /16 to /28")
          .required()
          .check(check::cidr)
          .normalise(canonical_block)
          .replaces(),
      text("AvailabilityZone", "Zone, such as eu-west-1a, or its letter alone; else AWS's choice")
          .satisfied_by(is_zone)
          .replaces(),
      boolean("MapPublicIpOnLaunch", "Whether instances in it get public addresses")
          .otherwise(false)
          .late(),
      // A gateway cannot be detached while something in a subnet has a public address.
      ref("InternetGatewayId", "aws.internet_gateway", "Gateway that is there before it")
          .unlisted()
          .uncompared(),
      tags(),
      output("id", "Identifier"),
      output("DefaultForAz", "Whether it is its zone's own", stackctl::Type::boolean),
  };
}

}  // namespace

extern const Type subnet{
    .resource =
        {
            .name = "aws.subnet",
            .help = "A range of a network's addresses, in one zone.",
            .schema = schema(),
            .listing = "subnets",
            .is_counted = true,
            .key = {"Name"},
            .typical = std::chrono::seconds{2},
            .typical_removal = std::chrono::seconds{1},
            .rank = 1,
        },
    .shown = {.list = "subnets", .id = "SubnetId", .state = "state"},
    .creation = {.action = "CreateSubnet", .word = "subnet", .prepare = write_zone},
    .modifications = {{.action = "ModifySubnetAttribute",
                       .id = "SubnetId",
                       .sends = Modification::Sends::each}},
    .removal = {"DeleteSubnet", {"SubnetId"}},
    .created_id = "subnet/subnetId",
};

}  // namespace stackctl::aws
