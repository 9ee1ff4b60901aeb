#include <algorithm>
#include <string>
#include <utility>

#include "aws/types/types.h"
#include "lowering_tools.h"
#include "lowerings.h"
#include "network_layout.h"

namespace stackctl::aws {
namespace {

constexpr std::string_view kAnywhere = "0.0.0.0/0";

/// What a network consists of beside itself.
class Network {
 public:
  Network(const Declaration& declaration, const LoweringContext& context, Lowered& lowered)
      : declaration_(declaration), context_(context), lowered_(lowered) {}

  void lower(const NetworkLayout& layout) {
    if (!layout.publics.empty()) lower_publics(layout.publics);
    if (!layout.privates.empty()) lower_privates(layout);
    tell_subnets(layout);
  }

 private:
  std::string at(std::string_view name) const {
    return declaration_.address + '/' + std::string(name);
  }

  /// An object that has a name, in `vpc` where its type says so.
  Draft draft(std::string_view name, const Type& type) const {
    Draft made(at(name), type.resource);
    made.set("Name", context_.physical_name(made.object.address));
    made.set("Tags", declaration_.attributes["labels"], "labels");
    if (find(type.resource.schema, "VpcId") != nullptr)
      made.set("VpcId", refer(declaration_.address));
    return made;
  }

  void add(Draft made) { lowered_.objects.push_back(std::move(made).finish()); }

  void lower_publics(const std::vector<SubnetPlace>& subnets) {
    add(draft("gateway", internet_gateway));
    add(draft("public-table", route_table));
    add_route("public-table", "GatewayId", "gateway");
    for (const SubnetPlace& place : subnets) add_subnet(place, true);
    for (const SubnetPlace& place : subnets) associate(place, "public-table", true);
  }

  void lower_privates(const NetworkLayout& layout) {
    for (const SubnetPlace& place : layout.privates) add_subnet(place, false);
    for (const SubnetPlace& place : layout.privates) {
      const std::string suffix = layout.nat == Nat::per_zone ? '-' + place.zone : "";
      const std::string table = "private-table" + suffix;
      if (!has(table)) {
        add(draft(table, route_table));
        if (layout.nat != Nat::none) add_way_out(table, suffix, layout);
      }
      associate(place, table, layout.nat != Nat::none);
    }
  }

  bool has(const std::string& name) const {
    return std::ranges::find(lowered_.objects, at(name), &Object::address) !=
           lowered_.objects.end();
  }

  void add_way_out(const std::string& table, const std::string& suffix,
                   const NetworkLayout& layout) {
    const std::string nat = "nat" + suffix;
    Draft address = draft(nat + "-address", elastic_ip);
    address.set("InternetGatewayId", refer(at("gateway")));
    add(std::move(address));
    Draft gateway = draft(nat, nat_gateway);
    gateway.set("SubnetId", refer(at(home_of(suffix, layout.publics).name)), "aws.nat");
    gateway.set("AllocationId", refer(at(nat + "-address")));
    add(std::move(gateway));
    add_route(table, "NatGatewayId", nat);
  }

  /// The first public subnet, in the zone of `suffix` if there is one.
  static const SubnetPlace& home_of(const std::string& suffix,
                                    const std::vector<SubnetPlace>& publics) {
    const auto found = std::ranges::find_if(
        publics, [&](const SubnetPlace& place) { return '-' + place.zone == suffix; });
    return found == publics.end() ? publics.front() : *found;
  }

  void add_subnet(const SubnetPlace& place, bool is_public) {
    Draft made = draft(place.name, subnet);
    made.set("CidrBlock", place.block, place.origin);
    made.set("AvailabilityZone", place.zone, "aws.zones");
    made.set("MapPublicIpOnLaunch", is_public);
    if (is_public) made.set("InternetGatewayId", refer(at("gateway")));
    add(std::move(made));
  }

  void add_route(const std::string& table, std::string_view by, const std::string& target) {
    Draft made(at(table + "/default"), route.resource);
    made.set("RouteTableId", refer(at(table)));
    made.set("DestinationCidrBlock", kAnywhere);
    made.set(by, refer(at(target)));
    add(std::move(made));
  }

  void associate(const SubnetPlace& place, const std::string& table, bool is_routed) {
    Draft made(at(table + '/' + place.name), route_table_association.resource);
    made.set("RouteTableId", refer(at(table)));
    made.set("SubnetId", refer(at(place.name)));
    if (is_routed) made.set("RouteId", refer(at(table + "/default")));
    routed_.insert_or_assign(place.name, refer(made.object.address, "SubnetId"));
    add(std::move(made));
  }

  void tell_subnets(const NetworkLayout& layout) {
    List publics;
    for (const SubnetPlace& place : layout.publics) publics.push_back(routed_[place.name]);
    List plain;
    List routed;
    for (const SubnetPlace& place : layout.privates) {
      plain.push_back(refer(at(place.name)));
      routed.push_back(routed_[place.name]);
    }
    tell("public_subnet", publics);
    tell("private_subnet", plain.empty() ? publics : plain);
    tell("routed_private_subnet", routed.empty() ? publics : routed);
  }

  void tell(const std::string& name, const List& subnets) {
    if (subnets.empty()) return;
    lowered_.outputs.insert_or_assign(name, subnets.front());
    lowered_.outputs.insert_or_assign(name + 's', subnets);
  }

  const Declaration& declaration_;
  const LoweringContext& context_;
  Lowered& lowered_;
  Map routed_;  // by name: the id of the subnet, once what is in it has its way out
};

/// Its subnets are what they are; they are told apart by where their routes lead.
void look_up_subnets(const Declaration& declaration, Lowered& lowered) {
  const Value found = look_up(declaration.address + "/subnets", vpc_subnets,
                              {{"VpcId", refer(declaration.address)}}, lowered);
  const std::string& address = found.reference()->target;
  const auto tell = [&](const std::string& name, const std::string& attribute) {
    lowered.outputs.insert_or_assign(name, refer(address, attribute));
    lowered.outputs.insert_or_assign(name + 's', refer(address, attribute + 's'));
  };
  tell("public_subnet", "PublicSubnet");
  tell("private_subnet", "PrivateSubnet");
  tell("routed_private_subnet", "PrivateSubnet");
}

/// Leases are as AWS gives them.
void refuse_leases(const Value& given, Diagnostics& faults) {
  for (const char* const name : {"range", "dns_servers", "ntp_servers", "routers", "domain_search"})
    if (!given[name].is_null())
      faults.push_back(fault_at(
          name, std::string("AWS has no '") + name + "' of a network: it leases addresses itself",
          std::string("remove '") + name + "'"));
}

}  // namespace

Lowered lower_network(const Declaration& declaration, const LoweringContext& context) {
  Lowered lowered;
  const Value& given = declaration.attributes;
  refuse_leases(given, lowered.faults);
  Draft made(declaration.address, vpc.resource);
  made.set("Name", context.physical_name(declaration.address), "name");
  made.set("CidrBlock", given["cidr"], "cidr");
  made.set("Tags", given["labels"], "labels");
  const std::size_t faults_before = lowered.faults.size();
  set_native(made, declaration, {"InstanceTenancy", "EnableDnsSupport", "EnableDnsHostnames"},
             lowered.faults, layout_schema());
  lowered.objects.push_back(std::move(made).finish());
  lowered.outputs = {{"", refer(declaration.address)}, {"id", refer(declaration.address)}};
  if (!declaration.existing.is_null()) {
    look_up_subnets(declaration, lowered);
    return lowered;
  }
  if (lowered.faults.size() > faults_before) return lowered;  // its block says nothing
  if (const auto layout = layout_of(declaration, lowered.faults))
    Network(declaration, context, lowered).lower(*layout);
  return lowered;
}

}  // namespace stackctl::aws
