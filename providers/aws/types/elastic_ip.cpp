// aws.elastic_ip: a public address that outlives what has it.
#include "aws/api/wire.h"
#include "types.h"

namespace stackctl::aws {
namespace {

void for_networks(Map& parameters, const Api& /*api*/, const Work& /*work*/) {
  parameters.insert_or_assign("Domain", "vpc");
}

void show_block(Map& shown, const Value& item, const Value& /*listed*/) {
  const std::string_view address = item.text_at("publicIp");
  if (!address.empty()) shown.insert_or_assign("cidr", std::string(address) + "/32");
}

Schema schema() {
  return {
      name_tag(),
      // A gateway cannot be detached while addresses are mapped to what stands behind it.
      ref("InternetGatewayId", "aws.internet_gateway", "Gateway that is there before it")
          .unlisted()
          .uncompared(),
      tags(),
      output("id", "Identifier"),
      output("PublicIp", "The address"),
      output("cidr", "The address as a block"),
  };
}

}  // namespace

extern const Type elastic_ip{
    .resource =
        {
            .name = "aws.elastic_ip",
            .help = "A public address that outlives what has it. AWS charges for it.",
            .schema = schema(),
            .listing = "addresses",
            .key = {"Name"},
            .typical = std::chrono::seconds{2},
            .typical_removal = std::chrono::seconds{1},
            .rank = 2,
        },
    .shown = {.list = "addresses", .id = "AllocationId", .reshape = show_block},
    .creation = {.action = "AllocateAddress", .word = "elastic-ip", .prepare = for_networks},
    .removal = {"ReleaseAddress", {"AllocationId"}},
    .created_id = "allocationId",
};

}  // namespace stackctl::aws
