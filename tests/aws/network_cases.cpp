#include "aws/cases.h"

namespace aws_test {

engine::DesiredObject vpc(const std::string& address) {
  return want(address, "aws.vpc", {{"Name", "s-" + address}, {"CidrBlock", "10.0.0.0/16"}});
}

engine::DesiredObject subnet(const std::string& address, const std::string& block,
                             const std::string& zone) {
  return want(address, "aws.subnet",
              {{"Name", "s-" + address},
               {"VpcId", to("v")},
               {"CidrBlock", block},
               {"AvailabilityZone", zone}});
}

engine::DesiredObject public_subnet(const std::string& address, const std::string& block,
                                    const std::string& zone) {
  return want(address, "aws.subnet",
              {{"Name", "s-" + address},
               {"VpcId", to("v")},
               {"CidrBlock", block},
               {"AvailabilityZone", zone},
               {"InternetGatewayId", to("i")}});
}

engine::DesiredObject gateway(const std::string& address) {
  return want(address, "aws.internet_gateway", {{"Name", "s-" + address}, {"VpcId", to("v")}});
}

engine::DesiredObject group(const std::string& address) {
  return want(address, "aws.security_group",
              {{"GroupName", "s-" + address}, {"GroupDescription", address}, {"VpcId", to("v")}});
}

namespace {

engine::DesiredObject address_of(const std::string& name) {
  return want(name, "aws.elastic_ip", {{"Name", "s-" + name}, {"InternetGatewayId", to("i")}});
}

engine::DesiredObject table(const std::string& address) {
  return want(address, "aws.route_table", {{"Name", "s-" + address}, {"VpcId", to("v")}});
}

std::vector<Case> vpc_cases() {
  return {
      {.type = "aws.vpc",
       .address = "x",
       .attributes = {{"Name", "s-x"}, {"CidrBlock", "10.0.0.0/16"}},
       .updates = {{"Name", "s-other"},
                   {"EnableDnsSupport", false},
                   {"EnableDnsHostnames", false},
                   {"Tags", Map{{"a", "b"}, {"c", ""}}}},
       .replacement = {{"CidrBlock", "10.1.0.0/16"}},
       .drift = R"(["ec2", "create_tags", {"Resources": ["{id}"],
           "Tags": [{"Key": "Name", "Value": "renamed"}]}])",
       .drifted = "Name",
       .removal = R"(["ec2", "delete_vpc", {"VpcId": "{id}"}])"},
      {.type = "aws.subnet",
       .around = {vpc("v")},
       .address = "x",
       .attributes = {{"Name", "s-x"}, {"VpcId", to("v")}, {"CidrBlock", "10.0.1.0/24"}},
       .updates = {{"Name", "s-other"}, {"MapPublicIpOnLaunch", true}, {"Tags", Map{{"a", "b"}}}},
       .replacement = {{"CidrBlock", "10.0.2.0/24"}},
       .drift = R"(["ec2", "modify_subnet_attribute", {"SubnetId": "{id}",
           "MapPublicIpOnLaunch": {"Value": true}}])",
       .drifted = "MapPublicIpOnLaunch",
       .removal = R"(["ec2", "delete_subnet", {"SubnetId": "{id}"}])"},
      {.type = "aws.internet_gateway",
       .around = {vpc("v")},
       .address = "x",
       .attributes = {{"Name", "s-x"}, {"VpcId", to("v")}},
       .updates = {{"Name", "s-other"}, {"Tags", Map{{"a", "b"}}}},
       .fixed = {"Attached"},  // what drift is about
       .drift = R"(["ec2", "detach_internet_gateway",
           {"InternetGatewayId": "{id}", "VpcId": "{VpcId}"}])",
       .drifted = "Attached"},
      {.type = "aws.elastic_ip",
       .address = "x",
       .attributes = {{"Name", "s-x"}},
       .updates = {{"Name", "s-other"}, {"Tags", Map{{"a", "b"}}}},
       .drift = R"(["ec2", "create_tags", {"Resources": ["{id}"],
           "Tags": [{"Key": "more", "Value": "by hand"}]}])",
       .drifted = "Tags",
       .removal = R"(["ec2", "release_address", {"AllocationId": "{id}"}])"},
      {.type = "aws.nat_gateway",
       .around = {vpc("v"), gateway("i"), subnet("n", "10.0.1.0/24", "eu-west-1a"),
                  address_of("e")},
       .address = "x",
       .attributes = {{"Name", "s-x"}, {"SubnetId", to("n")}, {"AllocationId", to("e")}},
       // Removed by hand, moto's gateway would keep its address.
       .updates = {{"Name", "s-other"}, {"Tags", Map{{"a", "b"}}}}},
  };
}

std::vector<Case> route_cases() {
  return {
      {.type = "aws.route_table",
       .around = {vpc("v")},
       .address = "x",
       .attributes = {{"Name", "s-x"}, {"VpcId", to("v")}},
       .updates = {{"Name", "s-other"}, {"Tags", Map{{"a", "b"}}}},
       .removal = R"(["ec2", "delete_route_table", {"RouteTableId": "{id}"}])"},
      {.type = "aws.route",
       .around = {vpc("v"), gateway("i"), table("x")},
       .address = "x/default",
       .attributes = {{"RouteTableId", to("x")},
                      {"DestinationCidrBlock", "0.0.0.0/0"},
                      {"GatewayId", to("i")}},
       .fixed = {"GatewayId"},  // a network has one
       .replacement = {},
       .removal = R"(["ec2", "delete_route", {"RouteTableId": "{RouteTableId}",
           "DestinationCidrBlock": "0.0.0.0/0"}])"},
      {.type = "aws.route_table_association",
       .around = {vpc("v"), subnet("n", "10.0.1.0/24", "eu-west-1a"), table("x")},
       .address = "x/n",
       .attributes = {{"RouteTableId", to("x")}, {"SubnetId", to("n")}},
       .removal = R"(["ec2", "disassociate_route_table", {"AssociationId": "{id}"}])"},
  };
}

std::vector<Case> group_cases() {
  return {
      {.type = "aws.security_group",
       .around = {vpc("v")},
       .address = "x",
       .attributes = {{"GroupName", "s-x"}, {"GroupDescription", "one"}, {"VpcId", to("v")}},
       .updates = {{"DefaultEgress", false}, {"Tags", Map{{"a", "b"}}}},
       .replacement = {{"GroupDescription", "two"}},
       .drift = R"(["ec2", "create_tags", {"Resources": ["{id}"],
           "Tags": [{"Key": "more", "Value": "by hand"}]}])",
       .drifted = "Tags",
       .removal = R"(["ec2", "delete_security_group", {"GroupId": "{id}"}])"},
      {.type = "aws.security_group_rule",
       .around = {vpc("v"), group("x"), group("g")},
       .address = "x/ingress-tcp-80-0.0.0.0-0",
       .attributes = {{"GroupId", to("x")},
                      {"IsEgress", false},
                      {"IpProtocol", "tcp"},
                      {"FromPort", 80},
                      {"ToPort", 80},
                      {"CidrIpv4", "0.0.0.0/0"}},
       .updates = {{"Description", "all the world"}},
       .removal = R"(["ec2", "revoke_security_group_ingress", {"GroupId": "{GroupId}",
           "IpPermissions": [{"IpProtocol": "tcp", "FromPort": 80, "ToPort": 80,
                              "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]}])"},
      {.type = "aws.security_group_rule",
       .around = {vpc("v"), group("x"), group("g")},
       .address = "x/ingress-all-g",
       .attributes = {{"GroupId", to("x")},
                      {"IsEgress", false},
                      {"IpProtocol", "all"},
                      {"ReferencedGroupId", to("g")}},
       .fixed = {"Description"}},  // moto keeps the old one of rules for groups
      {.type = "aws.key_pair",
       .address = "x",
       .attributes =
           {{"KeyName", "s-x"},
            {"PublicKeyMaterial",
             "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIdPGs7u3zA8DvrrvAYDDL4ofjLuSo2mCf2WBqdwmUei x"}},
       .updates = {{"Tags", Map{{"a", "b"}}}},
       .replacement =
           {{"PublicKeyMaterial",
             "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDKc8ukJC6f40LF1flSn5OkCh8slWwJ9EWa3xhHh68ol x"}},
       .removal = R"(["ec2", "delete_key_pair", {"KeyName": "{id}"}])"},
  };
}

}  // namespace

std::vector<Case> network_cases() {
  std::vector<Case> all;
  for (const std::vector<Case>& more : {vpc_cases(), route_cases(), group_cases()})
    all.insert(all.end(), more.begin(), more.end());
  return all;
}

}  // namespace aws_test
