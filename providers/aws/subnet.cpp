// aws.subnet: a range of a VPC's addresses in one zone.
#include "listings.h"
#include "tagging.h"
#include "types.h"
#include "wire.h"

namespace stackctl::aws {
namespace {

std::vector<LiveObject> decode(const ResourceType& type, const Value& listed, Diagnostics& faults) {
  std::vector<LiveObject> subnets;
  for_each_item(type, listed["subnets"], faults, [&](const Value& item) {
    set_state(subnets.emplace_back(decode_object(type, item, "SubnetId")), item.text_at("state"));
  });
  return subnets;
}

Call create(const Api& api, const Work& work) {
  Map parameters = encode_declared(*work.type, work.desired);
  if (const std::string_view zone = work.desired.text_at("AvailabilityZone"); zone.size() == 1)
    parameters.insert_or_assign("AvailabilityZone", api.endpoints.region + std::string(zone));
  parameters.insert_or_assign("TagSpecification", tag_specification("subnet", work));
  return api.create(ec2, "CreateSubnet", parameters);
}

std::vector<Call> update(const Api& api, const Work& work, const LiveObject& live) {
  std::vector<Call> calls;
  for (const auto& [name, value] : encode_these(*work.type, work.desired, work.changed))
    calls.push_back(api.change(ec2, "ModifySubnetAttribute",
                               Map{{"SubnetId", live.id}, {name, Map{{"Value", value}}}}));
  return calls;
}

std::vector<Call> remove(const Api& api, const LiveObject& live) {
  return {api.change(ec2, "DeleteSubnet", Map{{"SubnetId", live.id}})};
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
            .key = {"Name"},
            .typical = std::chrono::seconds{2},
            .typical_removal = std::chrono::seconds{1},
            .rank = 1,
        },
    .decode = decode,
    .create = create,
    .update = update,
    .remove = remove,
    .created_id = "subnet/subnetId",
};

}  // namespace stackctl::aws
