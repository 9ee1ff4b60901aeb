// aws.vpc: a network of its own in a region.
#include "aws/api/wire.h"
#include "types.h"

namespace stackctl::aws {
namespace {

Schema schema() {
  return {
      name_tag(),
      text("CidrBlock", "Its addresses, from /16 to /28")
          .required()
          .check(check::cidr)
          .normalise(canonical_block)
          .replaces(),
      text("InstanceTenancy", "Whether instances share hosts with those of others")
          .otherwise("default")
          .one_of({"default", "dedicated"})
          .replaces(),
      // DNS in it is read and set one by one, so it is compared with what was last applied.
      boolean("EnableDnsSupport", "Whether AWS's name server answers in it").unlisted().late(),
      boolean("EnableDnsHostnames", "Whether instances with public addresses get names")
          .unlisted()
          .late(),
      tags(),
      output("id", "Identifier"),
      output("IsDefault", "Whether it is the region's own", stackctl::Type::boolean),
  };
}

}  // namespace

extern const Type vpc{
    .resource =
        {
            .name = "aws.vpc",
            .help = "A virtual network in one region.",
            .schema = schema(),
            .listing = "vpcs",
            .is_counted = true,
            .key = {"Name"},
            .create_first = true,
            .typical = std::chrono::seconds{2},
            .typical_removal = std::chrono::seconds{1},
        },
    .shown = {.list = "vpcs", .id = "VpcId", .state = "state"},
    .creation = {.action = "CreateVpc", .word = "vpc"},
    .modifications = {{.action = "ModifyVpcAttribute",
                       .id = "VpcId",
                       .sends = Modification::Sends::each}},
    .removal = {"DeleteVpc", {"VpcId"}},
    .created_id = "vpc/vpcId",
};

}  // namespace stackctl::aws
