// Networks and security groups: how they are listed, made, changed and removed.
#include <catch2/catch.hpp>

#include "aws/api/wire.h"
#include "aws/types/firewall_rule.h"
#include "stackctl/shape.h"
#include "stackctl/text.h"
#include "unit/aws/made_up_services.h"

using namespace stackctl;
using namespace aws_test;

namespace {

/// A call without the tags that it gives.
std::string without_tags(const std::string& call) {
  std::string out;
  for (const std::string& word : split(call, ' '))
    if (!word.starts_with("TagSpecification.1.Tag.")) out += (out.empty() ? "" : " ") + word;
  return out;
}

/// As EC2 shows them, in a table of the stack "shop".
std::string tags(const std::string& address) {
  return R"("tagSet":{"item":[{"key":"Name","value":"shop-x"},{"key":"stackctl:stack","value":"shop"},)"
         R"({"key":"stackctl:address","value":")" +
         address + R"("}]})";
}

}  // namespace

TEST_CASE("aws network: creating") {
  struct Row {
    const aws::Type* type;
    std::string desired;
    std::string call;
  };
  const std::vector<Row> rows = {
      {&aws::subnet,
       R"({"Name":"n","VpcId":"vpc-1","CidrBlock":"10.0.0.0/20","AvailabilityZone":"b","MapPublicIpOnLaunch":true,"InternetGatewayId":"igw-1"})",
       "CreateSubnet AvailabilityZone=eu-west-1b CidrBlock=10.0.0.0/20 "
       "TagSpecification.1.ResourceType=subnet VpcId=vpc-1 (once)"},
      {&aws::subnet,
       R"({"Name":"n","VpcId":"vpc-1","CidrBlock":"10.0.0.0/20","AvailabilityZone":"us-west-2-lax-1a"})",
       "CreateSubnet AvailabilityZone=us-west-2-lax-1a CidrBlock=10.0.0.0/20 "
       "TagSpecification.1.ResourceType=subnet VpcId=vpc-1 (once)"},
      {&aws::internet_gateway, R"({"Name":"n","VpcId":"vpc-1"})",
       "CreateInternetGateway TagSpecification.1.ResourceType=internet-gateway (once)"},
      {&aws::elastic_ip, R"({"Name":"n","InternetGatewayId":"igw-1"})",
       "AllocateAddress Domain=vpc TagSpecification.1.ResourceType=elastic-ip (once)"},
      {&aws::nat_gateway, R"({"Name":"n","SubnetId":"subnet-1","AllocationId":"eipalloc-1"})",
       "CreateNatGateway AllocationId=eipalloc-1 ClientToken=t0 SubnetId=subnet-1 "
       "TagSpecification.1.ResourceType=natgateway (once)"},
      {&aws::route_table, R"({"Name":"n","VpcId":"vpc-1"})",
       "CreateRouteTable ClientToken=t0 TagSpecification.1.ResourceType=route-table VpcId=vpc-1 "
       "(once)"},
      {&aws::route,
       R"({"RouteTableId":"rtb-1","DestinationCidrBlock":"0.0.0.0/0","NatGatewayId":"nat-1"})",
       "CreateRoute DestinationCidrBlock=0.0.0.0/0 NatGatewayId=nat-1 RouteTableId=rtb-1 (once)"},
      {&aws::route_table_association,
       R"({"RouteTableId":"rtb-1","SubnetId":"subnet-1","RouteId":"rtb-1/0.0.0.0/0"})",
       "AssociateRouteTable RouteTableId=rtb-1 SubnetId=subnet-1 (once)"},
      {&aws::security_group,
       R"({"GroupName":"shop-web","GroupDescription":"d","VpcId":"vpc-1","DefaultEgress":false})",
       "CreateSecurityGroup GroupDescription=d GroupName=shop-web "
       "TagSpecification.1.ResourceType=security-group VpcId=vpc-1 (once)"},
      {&aws::security_group_rule,
       R"({"GroupId":"sg-1","IsEgress":false,"IpProtocol":"tcp","FromPort":80,"ToPort":81,"CidrIpv4":"10.0.0.0/8","Description":"all"})",
       "AuthorizeSecurityGroupIngress GroupId=sg-1 IpPermissions.1.FromPort=80 "
       "IpPermissions.1.IpProtocol=tcp IpPermissions.1.IpRanges.1.CidrIp=10.0.0.0/8 "
       "IpPermissions.1.IpRanges.1.Description=all IpPermissions.1.ToPort=81 (once)"},
      {&aws::security_group_rule,
       R"({"GroupId":"sg-1","IsEgress":true,"IpProtocol":"esp","ReferencedGroupId":"sg-2","Description":""})",
       "AuthorizeSecurityGroupEgress GroupId=sg-1 IpPermissions.1.FromPort=-1 "
       "IpPermissions.1.Groups.1.GroupId=sg-2 IpPermissions.1.IpProtocol=50 "
       "IpPermissions.1.ToPort=-1 (once)"},
      {&aws::security_group_rule,
       R"({"GroupId":"sg-1","IsEgress":true,"IpProtocol":"all","CidrIpv6":"::/0"})",
       "AuthorizeSecurityGroupEgress GroupId=sg-1 IpPermissions.1.IpProtocol=-1 "
       "IpPermissions.1.Ipv6Ranges.1.CidrIpv6=::/0 (once)"},
  };
  for (const Row& row : rows) CHECK(without_tags(created(*row.type, row.desired)) == row.call);
}

TEST_CASE("aws network: changing") {
  struct Row {
    const aws::Type* type;
    std::string desired;
    Texts changed;
    LiveObject live;
    Texts calls;
  };
  const std::vector<Row> rows = {
      {&aws::subnet,
       R"({"MapPublicIpOnLaunch":true})",
       {"Tags", "MapPublicIpOnLaunch"},
       live(aws::subnet, "subnet-1", "{}"),
       {"ModifySubnetAttribute MapPublicIpOnLaunch.Value=true SubnetId=subnet-1"}},
      {&aws::internet_gateway,
       R"({"VpcId":"vpc-1","Attached":true})",
       {"Attached"},
       live(aws::internet_gateway, "igw-1", R"({"Attached":false})"),
       {"AttachInternetGateway InternetGatewayId=igw-1 VpcId=vpc-1 (once)"}},
      {&aws::internet_gateway,
       R"({"VpcId":"vpc-1"})",
       {"Tags"},
       live(aws::internet_gateway, "igw-1", R"({"Attached":true})"),
       {}},
      {&aws::route,
       R"({"RouteTableId":"rtb-1","DestinationCidrBlock":"0.0.0.0/0","GatewayId":"igw-2"})",
       {"GatewayId"},
       live(aws::route, "rtb-1/0.0.0.0/0", "{}"),
       {"ReplaceRoute DestinationCidrBlock=0.0.0.0/0 GatewayId=igw-2 RouteTableId=rtb-1"}},
      {&aws::security_group,
       R"({"DefaultEgress":false})",
       {"DefaultEgress"},
       live(aws::security_group, "sg-1", R"({"DefaultEgress":true})"),
       {"RevokeSecurityGroupEgress GroupId=sg-1 IpPermissions.1.IpProtocol=-1 "
        "IpPermissions.1.IpRanges.1.CidrIp=0.0.0.0/0 (once)"}},
      {&aws::security_group,
       "{}",
       {"DefaultEgress"},
       live(aws::security_group, "sg-1", R"({"DefaultEgress":false})"),
       {"AuthorizeSecurityGroupEgress GroupId=sg-1 IpPermissions.1.IpProtocol=-1 "
        "IpPermissions.1.IpRanges.1.CidrIp=0.0.0.0/0 (once)"}},
      {&aws::security_group_rule,
       R"({"GroupId":"sg-1","IsEgress":false,"IpProtocol":"icmp","FromPort":-1,"ToPort":-1,"CidrIpv4":"0.0.0.0/0"})",
       {"Description"},
       live(aws::security_group_rule, "sg-1/x", "{}"),
       {"UpdateSecurityGroupRuleDescriptionsIngress GroupId=sg-1 IpPermissions.1.FromPort=-1 "
        "IpPermissions.1.IpProtocol=icmp IpPermissions.1.IpRanges.1.CidrIp=0.0.0.0/0 "
        "IpPermissions.1.IpRanges.1.Description= IpPermissions.1.ToPort=-1"}},
  };
  for (const Row& row : rows)
    CHECK(updated(*row.type, row.desired, row.live, row.changed) == row.calls);
}

TEST_CASE("aws network: removing") {
  struct Row {
    LiveObject live;
    Texts calls;
  };
  const std::vector<Row> rows = {
      {live(aws::internet_gateway, "igw-1", R"({"VpcId":"vpc-1"})"),
       {"DetachInternetGateway InternetGatewayId=igw-1 VpcId=vpc-1",
        "DeleteInternetGateway InternetGatewayId=igw-1"}},
      {live(aws::internet_gateway, "igw-1", "{}"),
       {"DeleteInternetGateway InternetGatewayId=igw-1"}},
      {live(aws::elastic_ip, "eipalloc-1", "{}"), {"ReleaseAddress AllocationId=eipalloc-1"}},
      {live(aws::route, "rtb-1/0.0.0.0/0",
            R"({"RouteTableId":"rtb-1","DestinationCidrBlock":"0.0.0.0/0"})"),
       {"DeleteRoute DestinationCidrBlock=0.0.0.0/0 RouteTableId=rtb-1"}},
      {live(aws::route_table_association, "rtbassoc-1", "{}"),
       {"DisassociateRouteTable AssociationId=rtbassoc-1"}},
      {live(aws::security_group_rule, "sg-1/x",
            R"({"GroupId":"sg-1","IsEgress":false,"IpProtocol":"all","PrefixListId":"pl-1"})"),
       {"RevokeSecurityGroupIngress GroupId=sg-1 IpPermissions.1.IpProtocol=-1 "
        "IpPermissions.1.PrefixListIds.1.PrefixListId=pl-1"}},
  };
  for (const Row& row : rows) CHECK(removed(row.live) == row.calls);
}

TEST_CASE("aws network: a NAT gateway is gone when it is listed as deleted") {
  Work work = work_on(aws::nat_gateway, "{}");
  work.action = Action::remove;
  work.live.id = "nat-1";
  const Call removal = calls_to_remove(aws::nat_gateway, kApi, work.live).front();
  const auto after = [&](const Call& call, std::string_view answer) {
    const Progress next = aws::nat_gateway.follow(kApi, work, call, parsed(answer));
    const Poll* const poll = std::get_if<Poll>(&next);
    return poll == nullptr ? std::string("settled") : written(poll->call);
  };
  const std::string asks = "DescribeNatGateways NatGatewayId.1=nat-1";
  CHECK(after(removal, R"({"natGatewayId":"nat-1"})") == asks);
  const Call poll = kApi.read(aws::ec2, "DescribeNatGateways", {});
  CHECK(after(poll, R"({"natGatewaySet":{"item":{"state":"deleting"}}})") == asks);
  CHECK(after(poll, R"({"natGatewaySet":{"item":{"state":"deleted"}}})") == "settled");
  CHECK(after(poll, R"({"natGatewaySet":""})") == "settled");
}

TEST_CASE("aws network: listings") {
  struct Row {
    const aws::Type* type;
    std::string listed;
    Texts objects;
  };
  const std::vector<Row> rows = {
      {&aws::subnet,
       R"({"subnets":[{"subnetId":"subnet-1","vpcId":"vpc-1","cidrBlock":"10.0.0.0/20","availabilityZone":"eu-west-1a","mapPublicIpOnLaunch":"true","defaultForAz":"false","state":"pending",)" +
           tags("net/public-a") + "}]}",
       {R"(subnet-1 shop/net/public-a {"AvailabilityZone":"eu-west-1a","CidrBlock":"10.0.0.0/20","DefaultForAz":false,"MapPublicIpOnLaunch":true,"Name":"shop-x","Tags":{},"VpcId":"vpc-1","id":"subnet-1"} pending)"}},
      {&aws::internet_gateway,
       R"({"internet_gateways":[{"internetGatewayId":"igw-1","attachmentSet":{"item":{"state":"available","vpcId":"vpc-1"}},"tagSet":""},{"internetGatewayId":"igw-2","attachmentSet":"","tagSet":""}]})",
       {R"(igw-1 nobody {"Attached":true,"Tags":{},"VpcId":"vpc-1","id":"igw-1"})",
        R"(igw-2 nobody {"Attached":false,"Tags":{},"id":"igw-2"})"}},
      {&aws::elastic_ip,
       R"({"addresses":[{"allocationId":"eipalloc-1","publicIp":"192.0.2.1","instanceId":"","tagSet":""}]})",
       {R"(eipalloc-1 nobody {"PublicIp":"192.0.2.1","Tags":{},"cidr":"192.0.2.1/32","id":"eipalloc-1"})"}},
      {&aws::nat_gateway,
       R"({"nat_gateways":[{"natGatewayId":"nat-1","state":"deleted"},{"natGatewayId":"nat-2","state":"available","subnetId":"subnet-1","natGatewayAddressSet":{"item":{"allocationId":"eipalloc-1","publicIp":"192.0.2.1"}}},{"natGatewayId":"nat-3","state":"failed","subnetId":"subnet-1","natGatewayAddressSet":""}]})",
       {R"(nat-2 nobody {"AllocationId":"eipalloc-1","PublicIp":"192.0.2.1","SubnetId":"subnet-1","Tags":{},"id":"nat-2"})",
        R"(nat-3 nobody {"SubnetId":"subnet-1","Tags":{},"id":"nat-3"} failed)"}},
      {&aws::route_table,
       R"({"route_tables":[{"routeTableId":"rtb-0","vpcId":"vpc-1","associationSet":{"item":{"main":"true"}}},{"routeTableId":"rtb-1","vpcId":"vpc-1","associationSet":""}]})",
       {R"(rtb-0 nobody {"Tags":{},"id":"rtb-0"})",
        R"(rtb-1 nobody {"Tags":{},"VpcId":"vpc-1","id":"rtb-1"})"}},
      {&aws::security_group,
       R"({"security_groups":[{"groupId":"sg-0","groupName":"default","groupDescription":"d","vpcId":"vpc-1","ipPermissionsEgress":{"item":{"ipProtocol":"-1","ipRanges":{"item":{"cidrIp":"0.0.0.0/0"}}}}},{"groupId":"sg-1","groupName":"web","groupDescription":"d","vpcId":"vpc-1","ipPermissionsEgress":{"item":{"ipProtocol":"tcp","ipRanges":{"item":{"cidrIp":"0.0.0.0/0"}}}}}]})",
       {R"(sg-0 nobody {"DefaultEgress":true,"GroupDescription":"d","GroupName":"default","Tags":{},"id":"sg-0"})",
        R"(sg-1 nobody {"DefaultEgress":false,"GroupDescription":"d","GroupName":"web","Tags":{},"VpcId":"vpc-1","id":"sg-1"})"}},
  };
  for (const Row& row : rows) CHECK(decoded(*row.type, row.listed) == row.objects);
}

TEST_CASE("aws network: a name that somebody took away is a change, and no nonsense") {
  const auto tag = [](const char* key, const char* value) {
    return Value(Map{{"key", key}, {"value", value}});
  };
  const auto named = [](List tags) {
    Diagnostics faults;
    const Map item{{"vpcId", "vpc-1"}, {"cidrBlock", "10.0.0.0/16"}, {"tagSet", std::move(tags)}};
    auto objects = objects_in(aws::vpc, Map{{"vpcs", List{item}}}, faults);
    check_shapes(aws::vpc.resource, objects, faults);
    CHECK(faults.empty());
    return objects.front().attributes["Name"];
  };
  CHECK(named({tag("stackctl:stack", "shop"), tag("stackctl:address", "net")}) == Value(""));
  CHECK(named({tag("colour", "red")}).is_null());
}

TEST_CASE("aws network: routes and associations are parts of their table") {
  const std::string listed =
      R"({"route_tables":["no object",{"routeTableId":"rtb-1","vpcId":"vpc-1",)" +
      tags("net/table") +
      R"(,"routeSet":{"item":[
        {"destinationCidrBlock":"10.0.0.0/16","gatewayId":"local","origin":"CreateRouteTable","state":"active"},
        {"destinationCidrBlock":"0.0.0.0/0","natGatewayId":"nat-1","origin":"CreateRoute","state":"blackhole"},
        {"destinationCidrBlock":"10.9.0.0/16","gatewayId":"vgw-1","origin":"EnableVgwRoutePropagation","state":"active"},
        {"destinationPrefixListId":"pl-1","gatewayId":"vpce-1","origin":"CreateRoute","state":"active"},
        {"destinationCidrBlock":"10.8.0.0/16","gatewayId":"igw-1","origin":"CreateRoute","state":"active"}]},
       "associationSet":{"item":[
        {"main":"true","routeTableAssociationId":"rtbassoc-0","routeTableId":"rtb-1","associationState":{"state":"associated"}},
        {"main":"false","routeTableAssociationId":"rtbassoc-1","routeTableId":"rtb-1","subnetId":"subnet-1","associationState":{"state":"associated"}},
        {"main":"false","routeTableAssociationId":"rtbassoc-2","routeTableId":"rtb-1","subnetId":"subnet-2","associationState":{"state":"disassociating"}},
        {"main":"false","routeTableAssociationId":"rtbassoc-3","routeTableId":"rtb-1","subnetId":"subnet-2","associationState":{"state":"disassociated"}},
        {"main":"false","routeTableAssociationId":"rtbassoc-4","routeTableId":"rtb-1","gatewayId":"igw-1","associationState":{"state":"associated"}}]}}],
      "subnets":[{"subnetId":"subnet-1","state":"available",)" +
      tags("net/public-a") + "}]}";
  CHECK(
      decoded(aws::route, listed) ==
      Texts{
          R"(rtb-1/0.0.0.0/0 shop/net/table/default {"DestinationCidrBlock":"0.0.0.0/0","NatGatewayId":"nat-1","RouteTableId":"rtb-1","State":"blackhole","id":"rtb-1/0.0.0.0/0"})",
          R"(rtb-1/10.8.0.0/16 shop/net/table/10.8.0.0-16 {"DestinationCidrBlock":"10.8.0.0/16","GatewayId":"igw-1","RouteTableId":"rtb-1","State":"active","id":"rtb-1/10.8.0.0/16"})"});
  CHECK(
      decoded(aws::route_table_association, listed) ==
      Texts{
          R"(rtbassoc-1 shop/net/table/public-a {"RouteTableId":"rtb-1","SubnetId":"subnet-1","id":"rtbassoc-1"})",
          R"(rtbassoc-2 shop/net/table/subnet-2 {"RouteTableId":"rtb-1","SubnetId":"subnet-2","id":"rtbassoc-2"} disassociating)"});
}

TEST_CASE("aws network: each side of a permission is a rule of its own") {
  const std::string listed = R"({"security_groups":[{"groupId":"sg-1","groupName":"web",)" +
                             tags("web") +
                             R"(,"ipPermissions":{"item":[
        {"ipProtocol":"tcp","fromPort":"80","toPort":"81",
         "ipRanges":{"item":[{"cidrIp":"10.0.0.0/8","description":"ours"},{"cidrIp":"0.0.0.0/0"}]},
         "ipv6Ranges":{"item":{"cidrIpv6":"::/0"}},
         "groups":{"item":[{"groupId":"sg-2","userId":"1"},{"groupId":"sg-9","userId":"2"}]},
         "prefixListIds":""},
        {"ipProtocol":"50","fromPort":"-1","toPort":"-1","prefixListIds":{"item":{"prefixListId":"pl-1"}}}]},
      "ipPermissionsEgress":{"item":[
        {"ipProtocol":"-1","ipRanges":{"item":[{"cidrIp":"0.0.0.0/0"},{"cidrIp":"10.0.0.0/8"}]}},
        {"ipProtocol":"icmp","fromPort":"-1","toPort":"-1","groups":{"item":{"groupId":"sg-1"}}}]}},
      {"groupId":"sg-2","groupName":"db",)" +
                             tags("db") + "}]}";
  CHECK(
      decoded(aws::security_group_rule, listed) ==
      Texts{
          R"(sg-1/ingress-tcp-80-81-10.0.0.0-8 shop/web/ingress-tcp-80-81-10.0.0.0-8 {"CidrIpv4":"10.0.0.0/8","Description":"ours","FromPort":80,"GroupId":"sg-1","IpProtocol":"tcp","IsEgress":false,"ToPort":81,"id":"sg-1/ingress-tcp-80-81-10.0.0.0-8"})",
          R"(sg-1/ingress-tcp-80-81-0.0.0.0-0 shop/web/ingress-tcp-80-81-0.0.0.0-0 {"CidrIpv4":"0.0.0.0/0","Description":"","FromPort":80,"GroupId":"sg-1","IpProtocol":"tcp","IsEgress":false,"ToPort":81,"id":"sg-1/ingress-tcp-80-81-0.0.0.0-0"})",
          R"(sg-1/ingress-tcp-80-81-::-0 shop/web/ingress-tcp-80-81-::-0 {"CidrIpv6":"::/0","Description":"","FromPort":80,"GroupId":"sg-1","IpProtocol":"tcp","IsEgress":false,"ToPort":81,"id":"sg-1/ingress-tcp-80-81-::-0"})",
          R"(sg-1/ingress-tcp-80-81-sg-2 shop/web/ingress-tcp-80-81-db {"Description":"","FromPort":80,"GroupId":"sg-1","IpProtocol":"tcp","IsEgress":false,"ReferencedGroupId":"sg-2","ToPort":81,"id":"sg-1/ingress-tcp-80-81-sg-2"})",
          R"(sg-1/ingress-tcp-80-81-sg-9 shop/web/ingress-tcp-80-81-sg-9 {"Description":"","FromPort":80,"GroupId":"sg-1","IpProtocol":"tcp","IsEgress":false,"ReferencedGroupId":"sg-9","ToPort":81,"id":"sg-1/ingress-tcp-80-81-sg-9"})",
          R"(sg-1/ingress-esp-pl-1 shop/web/ingress-esp-pl-1 {"Description":"","GroupId":"sg-1","IpProtocol":"esp","IsEgress":false,"PrefixListId":"pl-1","id":"sg-1/ingress-esp-pl-1"})",
          R"(sg-1/egress-all-10.0.0.0-8 shop/web/egress-all-10.0.0.0-8 {"CidrIpv4":"10.0.0.0/8","Description":"","GroupId":"sg-1","IpProtocol":"all","IsEgress":true,"id":"sg-1/egress-all-10.0.0.0-8"})",
          R"(sg-1/egress-icmp-sg-1 shop/web/egress-icmp-web {"Description":"","FromPort":-1,"GroupId":"sg-1","IpProtocol":"icmp","IsEgress":true,"ReferencedGroupId":"sg-1","ToPort":-1,"id":"sg-1/egress-icmp-sg-1"})"});
}

TEST_CASE("aws network: answers of wrong shapes break nothing") {
  const std::vector<std::string> shapes = {
      R"({"route_tables":[{"routeTableId":7,"routeSet":"x","associationSet":[7]}],"subnets":[7]})",
      R"({"route_tables":[{"routeTableId":"r","routeSet":{"item":[7,{"origin":"CreateRoute","destinationCidrBlock":7}]}}]})",
      R"({"security_groups":[{"groupId":"g","ipPermissions":{"item":[7,{"ipProtocol":7,"ipRanges":[7,{"cidrIp":[]}]}]},"ipPermissionsEgress":7}]})",
      R"({"nat_gateways":[{"natGatewayAddressSet":[7]}],"internet_gateways":[{"attachmentSet":[7]}]})",
  };
  for (const std::string& shape : shapes)
    for (const aws::Type* const type :
         {&aws::route_table, &aws::route, &aws::route_table_association, &aws::security_group,
          &aws::security_group_rule, &aws::nat_gateway, &aws::internet_gateway}) {
      Diagnostics faults;
      CHECK_NOTHROW(objects_in(*type, parsed(shape), faults));
    }
}

TEST_CASE("aws network: spellings that mean the same") {
  const std::vector<std::pair<std::string, std::string>> blocks = {
      {"10.0.0.1/8", "10.0.0.0/8"},
      {"10.0.0.1", "10.0.0.1/32"},
      {"1.2.3.4/0", "0.0.0.0/0"},
      {"2001:DB8:0:0::1/32", "2001:db8::/32"},
      {"2001:db8::1", "2001:db8::1/128"},
      {"2001:db8::ff/121", "2001:db8::80/121"},
      {"::/0", "::/0"},
      {"10.0.0.0/33", "10.0.0.0/33"},
      {"NOT a block", "not a block"},
  };
  for (const auto& [given, kept] : blocks) CHECK(aws::canonical_block(given) == Value(kept));
  const std::vector<std::array<std::string, 3>> protocols = {
      {"6", "tcp", "tcp"}, {"TCP", "tcp", "tcp"},      {"-1", "all", "-1"},
      {"50", "esp", "50"}, {"58", "icmpv6", "icmpv6"}, {"132", "132", "132"},
  };
  for (const auto& [given, name, wire] : protocols) {
    CHECK(aws::protocol_name(given) == Value(name));
    CHECK(aws::protocol_on_wire(given) == Value(wire));
  }
}
