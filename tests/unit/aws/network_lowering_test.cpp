// What networks and security groups become, from the words of stack files.
#include <algorithm>

#include <catch2/catch.hpp>

#include "aws/lower/lowering_tools.h"
#include "aws/lower/lowerings.h"
#include "kinds/kinds.h"
#include "stackctl/json.h"

using namespace stackctl;

namespace {

using Texts = std::vector<std::string>;

/// "${x.y}" inside literal JSON becomes a reference, and back.
Value with_references(const Value& value) {
  if (const std::string* const text = value.text(); text != nullptr && text->starts_with("${")) {
    const std::string name = text->substr(2, text->size() - 3);
    const std::size_t dot = name.find('.');
    return Reference{name.substr(0, dot), dot == std::string::npos ? "" : name.substr(dot + 1)};
  }
  List items;
  for (const Value& item : value.items()) items.push_back(with_references(item));
  if (value.list() != nullptr) return items;
  if (value.map() == nullptr) return value;
  Map members;
  for (const auto& [key, member] : *value.map()) members.emplace(key, with_references(member));
  return members;
}

std::string shown(const Value& value) {
  const auto resolved = resolve(value, [](const Reference& reference) -> std::optional<Value> {
    return Value("${" + reference.target + (reference.attribute.empty() ? "" : ".") +
                 reference.attribute + "}");
  });
  REQUIRE(resolved);
  return json::write(*resolved);
}

Declaration declared(const std::string& address, std::string_view kind, std::string_view attributes,
                     std::string_view native = "null") {
  Declaration declaration;
  declaration.address = address;
  declaration.kind =
      *std::ranges::find(kinds::all(), kind, [](const Kind* known) { return known->name; });
  Diagnostics faults;
  declaration.attributes =
      validate(with_references(*json::parse(attributes)), declaration.kind->schema, faults);
  for (const Diagnostic& fault : faults) FAIL(fault.path << ": " << fault.summary);
  declaration.native = *json::parse(native);
  return declaration;
}

Lowered network(std::string_view attributes, std::string_view native = "null") {
  return aws::lower_network(declared("net", "network", attributes, native), {"shop"});
}

Lowered group(const std::string& address, std::string_view attributes) {
  return aws::lower_security_group(declared(address, "security_group", attributes), {"shop"});
}

/// "address type {attributes}", without what all of them have; lookups have a "?" before the type.
Texts objects(const Lowered& from) {
  Texts out;
  for (const Object& object : from.objects) {
    Map shown_attributes = *object.attributes.map();
    shown_attributes.erase("Name");
    shown_attributes.erase("VpcId");
    out.push_back(object.address + (object.is_lookup ? " ?" : " ") +
                  std::string(object.type->name).substr(4) + ' ' + shown(shown_attributes));
  }
  return out;
}

Texts faults(const Lowered& from) {
  Texts out;
  for (const Diagnostic& fault : from.faults) out.push_back(fault.path + ": " + fault.summary);
  return out;
}

/// "public-a a 10.0.0.0/20" for each subnet, and where the NAT gateways are.
Texts layout(const Lowered& from) {
  Texts out;
  for (const Object& object : from.objects) {
    if (object.type->name == "aws.subnet")
      out.push_back(object.address.substr(4) + ' ' +
                    std::string(object.attributes.text_at("AvailabilityZone")) + ' ' +
                    std::string(object.attributes.text_at("CidrBlock")));
    if (object.type->name == "aws.nat_gateway")
      out.push_back(object.address.substr(4) + " in " + shown(object.attributes["SubnetId"]));
  }
  return out;
}

}  // namespace

TEST_CASE("aws lowering: a network with all that it takes") {
  const Lowered lowered = network(R"({"cidr":"10.0.0.0/16"})");
  CHECK(faults(lowered).empty());
  CHECK(
      objects(lowered) ==
      Texts{
          R"(net vpc {"CidrBlock":"10.0.0.0/16"})",
          R"(net/gateway internet_gateway {})",
          R"(net/public-table route_table {})",
          R"(net/public-table/default route {"DestinationCidrBlock":"0.0.0.0/0","GatewayId":"${net/gateway.id}","RouteTableId":"${net/public-table.id}"})",
          R"(net/public-a subnet {"AvailabilityZone":"a","CidrBlock":"10.0.0.0/20","InternetGatewayId":"${net/gateway.id}","MapPublicIpOnLaunch":true})",
          R"(net/public-b subnet {"AvailabilityZone":"b","CidrBlock":"10.0.16.0/20","InternetGatewayId":"${net/gateway.id}","MapPublicIpOnLaunch":true})",
          R"(net/public-table/public-a route_table_association {"RouteId":"${net/public-table/default.id}","RouteTableId":"${net/public-table.id}","SubnetId":"${net/public-a.id}"})",
          R"(net/public-table/public-b route_table_association {"RouteId":"${net/public-table/default.id}","RouteTableId":"${net/public-table.id}","SubnetId":"${net/public-b.id}"})",
          R"(net/private-a subnet {"AvailabilityZone":"a","CidrBlock":"10.0.128.0/20","MapPublicIpOnLaunch":false})",
          R"(net/private-b subnet {"AvailabilityZone":"b","CidrBlock":"10.0.144.0/20","MapPublicIpOnLaunch":false})",
          R"(net/private-table route_table {})",
          R"(net/nat-address elastic_ip {"InternetGatewayId":"${net/gateway.id}"})",
          R"(net/nat nat_gateway {"AllocationId":"${net/nat-address.id}","SubnetId":"${net/public-a.id}"})",
          R"(net/private-table/default route {"DestinationCidrBlock":"0.0.0.0/0","NatGatewayId":"${net/nat.id}","RouteTableId":"${net/private-table.id}"})",
          R"(net/private-table/private-a route_table_association {"RouteId":"${net/private-table/default.id}","RouteTableId":"${net/private-table.id}","SubnetId":"${net/private-a.id}"})",
          R"(net/private-table/private-b route_table_association {"RouteId":"${net/private-table/default.id}","RouteTableId":"${net/private-table.id}","SubnetId":"${net/private-b.id}"})",
      });
  const auto output = [&](std::string_view name) {
    return shown(lowered.outputs.at(std::string(name)));
  };
  CHECK(output("") == R"("${net.id}")");
  CHECK(output("public_subnet") == R"("${net/public-table/public-a.SubnetId}")");
  CHECK(output("private_subnets") == R"(["${net/private-a.id}","${net/private-b.id}"])");
  CHECK(output("routed_private_subnet") == R"("${net/private-table/private-a.SubnetId}")");
}

TEST_CASE("aws lowering: how a network is divided") {
  struct Row {
    std::string cidr;
    std::string native;
    Texts layout;
  };
  const std::vector<Row> rows = {
      {"10.1.2.0/24",
       R"({"zones":["a"],"nat":false})",
       {"public-a a 10.1.2.0/28", "private-a a 10.1.2.128/28"}},
      {"10.0.0.0/16",
       R"({"nat":"per_zone"})",
       {"public-a a 10.0.0.0/20", "public-b b 10.0.16.0/20", "private-a a 10.0.128.0/20",
        "private-b b 10.0.144.0/20", R"(nat-a in "${net/public-a.id}")",
        R"(nat-b in "${net/public-b.id}")"}},
      {"10.0.0.0/16",
       R"({"public":["10.0.5.0/24","10.0.6.0/24","10.0.7.0/24"]})",
       {"public-a a 10.0.5.0/24", "public-b b 10.0.6.0/24", "public-a-2 a 10.0.7.0/24"}},
      {"10.0.0.0/16",
       R"({"private":[],"zones":["eu-west-1c"]})",
       {"public-eu-west-1c eu-west-1c 10.0.0.0/20"}},
      {"10.0.0.0/27", R"({"private":["10.0.0.0/28"],"zones":["a"]})", {"private-a a 10.0.0.0/28"}},
  };
  for (const Row& row : rows) {
    const Lowered lowered = network(R"({"cidr":")" + row.cidr + R"("})", row.native);
    CHECK(faults(lowered) == Texts{});
    Texts expected = row.layout;
    Texts found = layout(lowered);
    std::ranges::sort(expected);
    std::ranges::sort(found);
    CHECK(found == expected);
  }
}

TEST_CASE("aws lowering: networks that cannot be") {
  struct Row {
    std::string attributes;
    std::string native;
    Texts faults;
  };
  const std::string wide = R"({"cidr":"10.0.0.0/16"})";
  const std::string no_block = "AWS has IPv4 networks from /16 to /28, and needs to know which";
  const std::vector<Row> rows = {
      {"{}", "null", {"cidr: " + no_block}},
      {R"({"cidr":"10.0.0.0/8"})", "null", {"cidr: " + no_block}},
      {R"({"cidr":"fd00::/48"})", "null", {"cidr: " + no_block}},
      {R"({"cidr":"10.0.0.0/25"})",
       "null",
       {"cidr: it does not divide by itself: a subnet is a sixteenth of it, and a /28 at least"}},
      {R"({"cidr":"10.0.0.0/16","dns_servers":["10.0.0.2"]})",
       "null",
       {"dns_servers: AWS has no 'dns_servers' of a network: it leases addresses itself"}},
      {R"({"cidr":"10.0.0.0/16","range":{"start":"10.0.0.2","end":"10.0.0.9"}})",
       "null",
       {"range: AWS has no 'range' of a network: it leases addresses itself"}},
      {wide,
       R"({"public":["10.1.0.0/24"]})",
       {"aws.public[0]: \"10.1.0.0/24\" is no part of 10.0.0.0/16 from /16 to /28"}},
      {wide,
       R"({"public":["10.0.0.0/20"],"private":["10.0.1.0/24"]})",
       {"aws.private[0]: 10.0.1.0/24 overlaps with 10.0.0.0/20"}},
      {wide, R"({"zones":[]})", {"aws.zones: a network needs a zone at least"}},
      {wide, R"({"nat":"both"})", {"aws.nat: 'nat' must be true, false or per_zone"}},
      {wide,
       R"({"private":[],"nat":true})",
       {"aws.nat: a NAT gateway stands in a public subnet and serves private ones"}},
      {wide,
       R"({"public":["10.0.0.0/24"],"private":["10.0.1.0/24","10.0.2.0/24"],"nat":"per_zone"})",
       {"aws.nat: zone b has no public subnet for its NAT gateway"}},
  };
  for (const Row& row : rows) CHECK(faults(network(row.attributes, row.native)) == row.faults);
}

TEST_CASE("aws lowering: security groups") {
  CHECK(
      objects(group(
          "db",
          R"({"network":"${net}","description":"of the database","ingress":[{"port":3306,"from":"${web}","description":"x"},{"ports":"8000-8080","protocol":"udp","from":"::/0"}]})")) ==
      Texts{
          R"(db security_group {"DefaultEgress":true,"GroupDescription":"of the database","GroupName":"shop-db"})",
          R"(db/ingress-tcp-3306-web security_group_rule {"Description":"x","FromPort":3306,"GroupId":"${db.id}","IpProtocol":"tcp","IsEgress":false,"ReferencedGroupId":"${web}","ToPort":3306})",
          R"(db/ingress-udp-8000-8080-::-0 security_group_rule {"CidrIpv6":"::/0","FromPort":8000,"GroupId":"${db.id}","IpProtocol":"udp","IsEgress":false,"ToPort":8080})"});
  // What is not known yet is said nevertheless.
  CHECK(
      objects(group("db", R"({"network":"${net}","description":"${web.id}","ingress":[]})")) ==
      Texts{
          R"(db security_group {"DefaultEgress":true,"GroupDescription":"${web.id}","GroupName":"shop-db"})"});
  // Not all that is referred to is a group.
  CHECK(
      objects(group(
          "db",
          R"({"network":"${net}","ingress":[{"port":22,"from":"${front.cidr}"},{"port":22,"from":"${other.cidr}"},{"port":22,"from":"${web.id}"}]})")) ==
      Texts{
          R"(db security_group {"DefaultEgress":true,"GroupDescription":"Made by stackctl","GroupName":"shop-db"})",
          R"(db/ingress-tcp-22-front.cidr security_group_rule {"CidrIpv4":"${front.cidr}","FromPort":22,"GroupId":"${db.id}","IpProtocol":"tcp","IsEgress":false,"ToPort":22})",
          R"(db/ingress-tcp-22-other.cidr security_group_rule {"CidrIpv4":"${other.cidr}","FromPort":22,"GroupId":"${db.id}","IpProtocol":"tcp","IsEgress":false,"ToPort":22})",
          R"(db/ingress-tcp-22-web security_group_rule {"FromPort":22,"GroupId":"${db.id}","IpProtocol":"tcp","IsEgress":false,"ReferencedGroupId":"${web.id}","ToPort":22})"});
  // The rule that lets everything out is a property of the group.
  CHECK(
      objects(group(
          "web",
          R"({"egress":[{"to":"0.0.0.0/0","protocol":"all"},{"to":"10.0.0.0/8"},{"to":"10.0.0.0/8","protocol":"icmp"}]})")) ==
      Texts{
          R"(web security_group {"DefaultEgress":true,"GroupDescription":"Made by stackctl","GroupName":"shop-web"})",
          R"(web/vpc ?vpc {"IsDefault":true})",
          R"(web/egress-tcp-0-65535-10.0.0.0-8 security_group_rule {"CidrIpv4":"10.0.0.0/8","FromPort":0,"GroupId":"${web.id}","IpProtocol":"tcp","IsEgress":true,"ToPort":65535})",
          R"(web/egress-icmp-10.0.0.0-8 security_group_rule {"CidrIpv4":"10.0.0.0/8","FromPort":-1,"GroupId":"${web.id}","IpProtocol":"icmp","IsEgress":true,"ToPort":-1})"});
  CHECK(group("web", R"({"egress":[{"to":"10.0.0.0/8","port":1}]})")
            .objects.front()
            .attributes["DefaultEgress"] == Value(false));
  CHECK(faults(group("web", R"({"ingress":[{"from":"::/0","ports":"80"},
          {"from":"::/0","protocol":"esp","port":1},{"from":"::/0"},{"from":"::/0"}]})")) ==
        Texts{"ingress[0].ports: 'ports' must be a range, not '80'",
              "ingress[1].port: protocol esp has no ports",
              "ingress[3]: this rule is there twice"});
}

TEST_CASE("aws lowering: what is in no network of the stack is in the default one") {
  const Declaration machine = declared("web", "instance", R"({"image":"i","size":"small"})");
  Lowered lowered;
  CHECK(shown(aws::subnets_of(machine, {}, true, lowered)) ==
        R"(["${web/subnet-a.id}","${web/subnet-b.id}"])");
  CHECK(shown(aws::subnet_of(machine, {}, false, lowered)) == R"("${web/subnet-a.id}")");
  CHECK(objects(lowered) ==
        Texts{R"(web/subnet-a ?subnet {"AvailabilityZone":"a","DefaultForAz":true})",
              R"(web/subnet-b ?subnet {"AvailabilityZone":"b","DefaultForAz":true})"});
}

TEST_CASE("aws lowering: machines wait for the way out of their network, others do not") {
  const Value net = List{Reference{"net", ""}};
  const Declaration machine = declared("web", "instance", R"({"image":"i","size":"small"})");
  const Declaration other = declared("web", "network", "{}");
  Lowered lowered;
  CHECK(shown(aws::subnet_of(machine, net, false, lowered)) == R"("${net.routed_private_subnet}")");
  CHECK(shown(aws::subnets_of(other, net, false, lowered)) == R"("${net.private_subnets}")");
  CHECK(shown(aws::subnet_of(other, net, true, lowered)) == R"("${net.public_subnet}")");
  CHECK(lowered.objects.empty());
}
