// aws.vpc: a network of its own in a region.
#include "listings.h"
#include "tagging.h"
#include "types.h"
#include "wire.h"

namespace stackctl::aws {
namespace {

std::vector<LiveObject> decode(const ResourceType& type, const Value& listed, Diagnostics& faults) {
  std::vector<LiveObject> vpcs;
  for_each_item(type, listed["vpcs"], faults, [&](const Value& item) {
    set_state(vpcs.emplace_back(decode_object(type, item, "VpcId")), item.text_at("state"));
  });
  return vpcs;
}

Call create(const Api& api, const Work& work) {
  Map parameters = encode_declared(*work.type, work.desired);
  parameters.insert_or_assign("TagSpecification", tag_specification("vpc", work));
  return api.create(ec2, "CreateVpc", parameters);
}

/// One attribute a call.
std::vector<Call> update(const Api& api, const Work& work, const LiveObject& live) {
  std::vector<Call> calls;
  for (const auto& [name, value] : encode_these(*work.type, work.desired, work.changed))
    calls.push_back(api.change(ec2, "ModifyVpcAttribute",
                               Map{{"VpcId", live.id}, {name, Map{{"Value", value}}}}));
  return calls;
}

std::vector<Call> remove(const Api& api, const LiveObject& live) {
  return {api.change(ec2, "DeleteVpc", Map{{"VpcId", live.id}})};
}

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
            .key = {"Name"},
            .create_first = true,
            .typical = std::chrono::seconds{2},
            .typical_removal = std::chrono::seconds{1},
        },
    .decode = decode,
    .create = create,
    .update = update,
    .remove = remove,
    .created_id = "vpc/vpcId",
};

}  // namespace stackctl::aws
