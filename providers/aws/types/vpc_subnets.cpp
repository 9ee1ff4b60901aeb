// aws.vpc_subnets: the subnets of a network that somebody else made, as those see them who are put
// into it: one for each zone.
#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>

#include "aws/api/wire.h"
#include "types.h"

namespace stackctl::aws {
namespace {

/// Route tables by their subnets; that of all other subnets by their network.
using Tables = std::map<std::string, const Value*, std::less<>>;

Tables tables_in(const Value& listed) {
  Tables tables;
  for (const Value& table : listed["route_tables"].items())
    for (const Value& association : items_of(table["associationSet"])) {
      const bool is_main = association.text_at("main") == "true";
      tables.emplace(is_main ? table.text_at("vpcId") : association.text_at("subnetId"), &table);
    }
  return tables;
}

bool leads_out(const Value& table) {
  return std::ranges::any_of(items_of(table["routeSet"]), [](const Value& route) {
    return route.text_at("gatewayId").starts_with("igw-");
  });
}

bool is_public(const Value& subnet, const Tables& tables) {
  if (subnet.text_at("mapPublicIpOnLaunch") == "true") return true;
  auto table = tables.find(subnet.text_at("subnetId"));
  if (table == tables.end()) table = tables.find(subnet.text_at("vpcId"));
  return table != tables.end() && leads_out(*table->second);
}

/// The first of each zone by their blocks: balancers take no second one.
List one_a_zone(std::vector<const Value*> subnets) {
  const auto place = [](const Value* subnet) {
    return std::tuple(subnet->text_at("availabilityZone"), subnet->text_at("cidrBlock"),
                      subnet->text_at("subnetId"));
  };
  std::ranges::sort(subnets, {}, place);
  List ids;
  std::set<std::string_view> zones;
  for (const Value* const subnet : subnets)
    if (zones.insert(subnet->text_at("availabilityZone")).second)
      ids.push_back((*subnet)["subnetId"]);
  return ids;
}

void tell(Map& shown, const std::string& name, const List& subnets) {
  if (subnets.empty()) return;
  shown.insert_or_assign(name, subnets.front());
  shown.insert_or_assign(name + 's', subnets);
}

struct Halves {
  std::vector<const Value*> publics;
  std::vector<const Value*> privates;
};

/// What is wrong with the lists is told where subnets are decoded.
std::vector<LiveObject> decode(const ResourceType& type, const Value& listed,
                               Diagnostics& /*faults*/) {
  const Tables tables = tables_in(listed);
  std::map<std::string_view, Halves> networks;
  for (const Value& network : listed["vpcs"].items()) networks[network.text_at("vpcId")];
  for (const Value& subnet : listed["subnets"].items()) {
    Halves& halves = networks[subnet.text_at("vpcId")];
    (is_public(subnet, tables) ? halves.publics : halves.privates).push_back(&subnet);
  }
  networks.erase("");
  std::vector<LiveObject> objects;
  for (const auto& [network, halves] : networks) {
    Map shown{{"VpcId", network}};
    tell(shown, "PublicSubnet", one_a_zone(halves.publics));
    tell(shown, "PrivateSubnet",
         one_a_zone(halves.privates.empty() ? halves.publics : halves.privates));
    objects.push_back(decode_object(type, shown, "VpcId"));
  }
  return objects;
}

}  // namespace

extern const Type vpc_subnets{
    .resource =
        {
            .name = "aws.vpc_subnets",
            .help = "The subnets of a network that is there, one for each zone.",
            .schema =
                {
                    ref("VpcId", "aws.vpc", "The network").required(),
                    output("id", "The network"),
                    output("PublicSubnet", "The first of its public subnets"),
                    output("PublicSubnets",
                           "Its subnets with a way in from the internet, or addresses of it for "
                           "instances",
                           stackctl::Type::list),
                    output("PrivateSubnet", "The first of its private subnets"),
                    output("PrivateSubnets",
                           "Its other subnets; the public ones where there are none",
                           stackctl::Type::list),
                },
            .listing = "subnets route_tables vpcs",
            .marked = Marked::never,
            .key = {"VpcId"},
        },
    .decode = decode,
};

}  // namespace stackctl::aws
