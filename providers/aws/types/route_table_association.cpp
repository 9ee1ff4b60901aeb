// aws.route_table_association: which subnets a route table is for.
#include "aws/api/parts.h"
#include "aws/api/wire.h"
#include "types.h"

namespace stackctl::aws {
namespace {

/// The main one comes with the network; some are of gateways.
bool is_of_subnet(const Value& item) {
  return !item["subnetId"].is_null() && item.text_at("main") != "true" &&
         at_path(item, "associationState/state") != Value("disassociated");
}

std::vector<LiveObject> decode(const ResourceType& type, const Value& listed, Diagnostics& faults) {
  const std::vector<LiveObject> tables = others_in(route_table, listed);
  const std::vector<LiveObject> subnets = others_in(subnet, listed);
  std::vector<LiveObject> associations;
  for_each_part(type, listed["route_tables"], "RouteTableId", "associationSet", tables, faults,
                [&](const Value& item, const LiveObject& table) {
                  if (!is_of_subnet(item)) return;
                  LiveObject& made = associations.emplace_back(
                      decode_object(type, item, "RouteTableAssociationId"));
                  set_state(made, item["associationState"].text_at("state"));
                  take_mark_of(made, table, short_name_of(subnets, item.text_at("subnetId")));
                });
  return associations;
}

}  // namespace

extern const Type route_table_association{
    .resource =
        {
            .name = "aws.route_table_association",
            .help = "That the traffic of a subnet goes where a route table says.",
            .schema =
                {
                    ref("RouteTableId", "aws.route_table", "The table").required().replaces(),
                    ref("SubnetId", "aws.subnet", "The subnet").required().replaces(),
                    // What is in the subnet counts on the whole way to be there.
                    ref("RouteId", "aws.route", "Route that is there before it").uncompared(),
                    output("id", "Identifier"),
                },
            .listing = "route_tables subnets",
            .marked = Marked::parent,
            .parent = "RouteTableId",
            .key = {"SubnetId"},
            .key_is_unique = true,
            .typical = std::chrono::seconds{1},
            .typical_removal = std::chrono::seconds{1},
            .rank = 3,
        },
    .decode = decode,
    .creation = {"AssociateRouteTable"},
    .removal = {"DisassociateRouteTable", {"AssociationId"}},
    .created_id = "associationId",
};

}  // namespace stackctl::aws
