// aws.route: listed with its table, owned by it.
#include "aws/api/parts.h"
#include "aws/api/wire.h"
#include "route_name.h"
#include "types.h"

namespace stackctl::aws {
namespace {

/// Those that come with the table, or from a gateway that tells them, are nobody's. What leads to
/// lists of AWS's own comes with the endpoint that it leads to.
bool is_route(const Value& item) {
  return item.text_at("origin") == "CreateRoute" && !item["destinationCidrBlock"].is_null();
}

std::vector<LiveObject> decode(const ResourceType& type, const Value& listed, Diagnostics& faults) {
  const std::vector<LiveObject> tables = others_in(route_table, listed);
  std::vector<LiveObject> routes;
  for_each_part(type, listed["route_tables"], "RouteTableId", "routeSet", tables, faults,
                [&](const Value& item, const LiveObject& table) {
                  if (!is_route(item)) return;
                  LiveObject& route = routes.emplace_back(decode_object(type, item, ""));
                  const std::string_view block = item.text_at("destinationCidrBlock");
                  route.id = table.id + '/' + std::string(block);
                  route.attributes.map()->insert_or_assign("id", route.id);
                  route.attributes.map()->insert_or_assign("RouteTableId", table.id);
                  take_mark_of(route, table, route_name(block));
                });
  return routes;
}

}  // namespace

extern const Type route{
    .resource =
        {
            .name = "aws.route",
            .help = "Where a route table sends what is for some addresses.",
            .schema =
                {
                    ref("RouteTableId", "aws.route_table", "Table it is part of")
                        .required()
                        .replaces(),
                    text("DestinationCidrBlock", "The addresses that it is about")
                        .required()
                        .check(check::cidr)
                        .normalise(canonical_block)
                        .replaces(),
                    ref("GatewayId", "aws.internet_gateway", "Where it leads: to the internet"),
                    // Its address must be free before another one can be made, so the route must
                    // let go of it.
                    ref("NatGatewayId", "aws.nat_gateway",
                        "Where it leads: to the internet, by way of one address")
                        .replaces(),
                    output("id", "Identifier of the table, and the addresses"),
                    output("State", "active, or blackhole: what it leads to is gone"),
                },
            .listing = "route_tables",
            .marked = Marked::parent,
            .parent = "RouteTableId",
            .goes_with_parent = true,
            .key = {"DestinationCidrBlock"},
            .key_is_unique = true,
            .typical = std::chrono::seconds{1},
            .typical_removal = std::chrono::seconds{1},
            .rank = 4,
        },
    .decode = decode,
    .creation = {"CreateRoute"},
    .modifications = {{.action = "ReplaceRoute", .sends = Modification::Sends::all}},
    .removal = {"DeleteRoute", {"RouteTableId", "DestinationCidrBlock"}},
};

}  // namespace stackctl::aws
