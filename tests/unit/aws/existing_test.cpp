// What is there already on AWS: how each kind finds its object, and the subnets of a network that
// somebody else made.
#include "aws/lower/lowerings.h"
#include "aws/provider.h"
#include "engine/desired.h"
#include "kinds/kinds.h"
#include "unit/aws/made_up_services.h"
#include "unit/exoscale/lowering_support.h"

using namespace stackctl;
using exoscale_test::Texts;

namespace {

Declaration there(std::string_view kind, Map existing) {
  Declaration declaration;
  declaration.address = "x";
  declaration.provider = "aws";
  declaration.kind =
      *std::ranges::find(kinds::all(), kind, [](const Kind* known) { return known->name; });
  declaration.attributes = Map{};
  declaration.existing = std::move(existing);
  declaration.locations = std::make_shared<const Places>();
  return declaration;
}

engine::Desired lowered(const Declaration& declaration) {
  return engine::lower("shop", std::span(&declaration, 1), {{"aws", &aws::provider, nullptr}});
}

/// The lookups, or what is wrong.
Texts told(const engine::Desired& desired) {
  Texts out;
  for (const Diagnostic& fault : desired.faults) out.push_back(fault.path + ": " + fault.summary);
  if (!out.empty()) return out;
  for (const engine::DesiredObject& wanted : desired.objects)
    out.push_back((wanted.object.is_lookup ? "?" : "") + wanted.object.address + ' ' +
                  std::string(wanted.object.type->name).substr(4) + ' ' +
                  exoscale_test::shown(wanted.object.attributes));
  return out;
}

Texts told(std::string_view kind, Map existing) {
  return told(lowered(there(kind, std::move(existing))));
}

}  // namespace

TEST_CASE("aws: what every kind is looked up by") {
  const std::map<std::string_view, Texts> by_name = {
      {"address", {R"(?x elastic_ip {"Name":"n"})"}},
      {"cache", {R"(?x cache_replication_group {"ReplicationGroupId":"n"})"}},
      {"database", {R"(?x db_instance {"DBInstanceIdentifier":"n"})"}},
      {"dns_record", {R"(?x dns_record {"Name":"n"})"}},
      {"dns_zone", {R"(?x dns_zone {"Name":"n"})"}},
      {"iam_role", {R"(?x iam_role {"RoleName":"n"})"}},
      {"image", {R"(?x image {"Name":"n"})"}},
      {"instance", {R"(?x instance {"Name":"n"})"}},
      {"instance_pool", {R"(?x auto_scaling_group {"AutoScalingGroupName":"n"})"}},
      {"key_pair", {R"(?x key_pair {"KeyName":"n"})"}},
      {"load_balancer", {R"(?x load_balancer {"LoadBalancerName":"n"})"}},
      {"network", {R"(?x vpc {"Name":"n"})", R"(?x/subnets vpc_subnets {"VpcId":"${x.id}"})"}},
      {"security_group", {R"(?x security_group {"GroupName":"n"})"}},
      {"volume", {R"(?x ebs_volume {"Name":"n"})"}},
      {"volume_snapshot", {R"(?x ebs_snapshot {"Name":"n"})"}},
  };
  for (const Lowering& lowering : aws::lowerings()) {
    CAPTURE(lowering.kind);
    const auto expected = by_name.find(lowering.kind);
    if (expected != by_name.end()) CHECK(told(lowering.kind, {{"name", "n"}}) == expected->second);
    const Texts by_id = told(lowering.kind, {{"id", "i"}});
    REQUIRE(!by_id.empty());
    CHECK(by_id.front().ends_with(R"({"id":"i"})"));
  }
  CHECK(told("cache", {{"name", "n"}, {"engine", "memcached"}}) ==
        Texts{R"(?x cache_cluster {"CacheClusterId":"n","Engine":"memcached"})"});
  CHECK(told("network", {{"cidr", "10.0.0.0/16"}}).front() ==
        R"(?x vpc {"CidrBlock":"10.0.0.0/16"})");
}

TEST_CASE("aws: what tells nothing finds nothing, rather than anything") {
  CHECK(told("instance", {{"zone", "a"}}) ==
        Texts{"existing.zone: no aws.instance can be looked up by 'zone'"});
}

TEST_CASE("aws: whoever is in a network that is there asks for its subnets") {
  const engine::Desired desired = lowered(there("network", {{"id", "vpc-1"}}));
  Diagnostics problems;
  const auto meaning = [&](const char* output) {
    return exoscale_test::shown(desired.bind(Reference{"x", output}, "", problems));
  };
  CHECK(meaning("") == R"("${x.id}")");
  CHECK(meaning("public_subnets") == R"("${x/subnets.PublicSubnets}")");
  CHECK(meaning("private_subnet") == R"("${x/subnets.PrivateSubnet}")");
  CHECK(meaning("routed_private_subnets") == R"("${x/subnets.PrivateSubnets}")");
  CHECK(problems.empty());
}

TEST_CASE("aws: subnets are public by their routes, one for each zone") {
  const Value lists = exoscale_test::parsed(R"({
    "vpcs": [{"vpcId":"vpc-1"}, {"vpcId":"vpc-3"}, "no object"],
    "subnets": [
      {"subnetId":"s-3","vpcId":"vpc-1","availabilityZone":"rb","cidrBlock":"10.0.3.0/24"},
      {"subnetId":"s-2","vpcId":"vpc-1","availabilityZone":"ra","cidrBlock":"10.0.2.0/24"},
      {"subnetId":"s-1","vpcId":"vpc-1","availabilityZone":"ra","cidrBlock":"10.0.1.0/24"},
      {"subnetId":"s-4","vpcId":"vpc-1","availabilityZone":"ra","cidrBlock":"10.0.4.0/24"},
      {"subnetId":"s-5","vpcId":"vpc-2","availabilityZone":"ra","cidrBlock":"10.0.5.0/24",
       "mapPublicIpOnLaunch":"true"}, "no object"],
    "route_tables": [
      {"vpcId":"vpc-1","routeSet":{"item":{"gatewayId":"igw-1"}},
       "associationSet":{"item":[{"main":"false","subnetId":"s-1"},{"main":"false","subnetId":"s-2"},
                                 {"main":"false","subnetId":"s-3"}]}},
      {"vpcId":"vpc-1","routeSet":{"item":{"gatewayId":"local"}},
       "associationSet":{"item":{"main":"true"}}}]})");
  Diagnostics faults;
  CHECK(
      aws_test::shown(aws::objects_in(aws::vpc_subnets, lists, faults)) ==
      Texts{
          R"(vpc-1 nobody/ {"PrivateSubnet":"s-4","PrivateSubnets":["s-4"],"PublicSubnet":"s-1","PublicSubnets":["s-1","s-3"],"VpcId":"vpc-1"})",
          R"(vpc-2 nobody/ {"PrivateSubnet":"s-5","PrivateSubnets":["s-5"],"PublicSubnet":"s-5","PublicSubnets":["s-5"],"VpcId":"vpc-2"})",
          // Nothing may need any.
          R"(vpc-3 nobody/ {"VpcId":"vpc-3"})"});
  CHECK(faults.empty());
}
