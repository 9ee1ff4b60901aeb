// aws.elastic_ip: a public address that outlives what has it.
#include "listings.h"
#include "tagging.h"
#include "types.h"
#include "wire.h"

namespace stackctl::aws {
namespace {

std::vector<LiveObject> decode(const ResourceType& type, const Value& listed, Diagnostics& faults) {
  std::vector<LiveObject> addresses;
  for_each_item(type, listed["addresses"], faults, [&](const Value& item) {
    addresses.push_back(decode_object(type, item, "AllocationId"));
  });
  return addresses;
}

Call create(const Api& api, const Work& work) {
  return api.create(
      ec2, "AllocateAddress",
      Map{{"Domain", "vpc"}, {"TagSpecification", tag_specification("elastic-ip", work)}});
}

std::vector<Call> remove(const Api& api, const LiveObject& live) {
  return {api.change(ec2, "ReleaseAddress", Map{{"AllocationId", live.id}})};
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
    .decode = decode,
    .create = create,
    .remove = remove,
    .created_id = "allocationId",
};

}  // namespace stackctl::aws
