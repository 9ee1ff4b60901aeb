// aws.route_table: where traffic of the subnets that are associated with it goes.
#include <algorithm>

#include "aws/api/tagging.h"
#include "aws/api/wire.h"
#include "types.h"

namespace stackctl::aws {
namespace {

bool is_main(const Value& item) {
  return std::ranges::any_of(items_of(item["associationSet"]), [](const Value& association) {
    return association.text_at("main") == "true";
  });
}

/// The one that every network has goes with it, so it does not hold it.
void without_network(Map& shown, const Value& item, const Value& /*listed*/) {
  if (is_main(item) && !bears_mark(items_of(item["tagSet"]))) shown.erase("vpcId");
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
            .is_counted = true,
            .key = {"Name"},
            .typical = std::chrono::seconds{2},
            .typical_removal = std::chrono::seconds{1},
            .rank = 1,
        },
    .shown = {.list = "route_tables", .id = "RouteTableId", .reshape = without_network},
    .creation = {.action = "CreateRouteTable", .word = "route-table", .takes_token = true},
    .removal = {"DeleteRouteTable", {"RouteTableId"}},
    .created_id = "routeTable/routeTableId",
};

}  // namespace stackctl::aws
