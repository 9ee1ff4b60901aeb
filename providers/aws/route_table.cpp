// aws.route_table: where traffic of the subnets that are associated with it goes.
#include <algorithm>

#include "listings.h"
#include "tagging.h"
#include "types.h"
#include "wire.h"

namespace stackctl::aws {
namespace {

bool is_main(const Value& item) {
  return std::ranges::any_of(items_of(item["associationSet"]), [](const Value& association) {
    return association.text_at("main") == "true";
  });
}

std::vector<LiveObject> decode(const ResourceType& type, const Value& listed, Diagnostics& faults) {
  std::vector<LiveObject> tables;
  for_each_item(type, listed["route_tables"], faults, [&](const Value& item) {
    LiveObject& table = tables.emplace_back(decode_object(type, item, "RouteTableId"));
    // The one that every network has goes with it, so it does not hold it.
    if (!table.mark && is_main(item)) table.attributes.map()->erase("VpcId");
  });
  return tables;
}

Call create(const Api& api, const Work& work) {
  Map parameters = encode_declared(*work.type, work.desired);
  parameters.insert_or_assign("ClientToken", work.token);
  parameters.insert_or_assign("TagSpecification", tag_specification("route-table", work));
  return api.create(ec2, "CreateRouteTable", parameters);
}

std::vector<Call> remove(const Api& api, const LiveObject& live) {
  return {api.change(ec2, "DeleteRouteTable", Map{{"RouteTableId", live.id}})};
}

}  // namespace

extern const Type route_table{
    .resource =
        {
            .name = "aws.route_table",
            .help = "Where the traffic of some subnets goes.",
            .schema =
                {
                    name_tag(),
                    ref("VpcId", "aws.vpc", "Network it is part of").required().replaces(),
                    tags(),
                    output("id", "Identifier"),
                },
            .listing = "route_tables",
            .key = {"Name"},
            .typical = std::chrono::seconds{2},
            .typical_removal = std::chrono::seconds{1},
            .rank = 1,
        },
    .decode = decode,
    .create = create,
    .remove = remove,
    .created_id = "routeTable/routeTableId",
};

}  // namespace stackctl::aws
