// What zones, records and roles of the stack file become on AWS.
#include <algorithm>

#include <catch2/catch.hpp>

#include "aws/lower/lowerings.h"
#include "kinds/kinds.h"
#include "stackctl/json.h"

using namespace stackctl;

namespace {

using Texts = std::vector<std::string>;

Lowered lowered(std::string_view kind, Map attributes, const Value& native = {}) {
  Declaration declaration;
  declaration.address = "x";
  declaration.kind =
      *std::ranges::find(kinds::all(), kind, [](const Kind* known) { return known->name; });
  Diagnostics faults;
  declaration.attributes = validate(std::move(attributes), declaration.kind->schema, faults);
  REQUIRE(faults.empty());
  declaration.native = native;
  const auto row =
      std::ranges::find(aws::lowerings(), kind, [](const Lowering& each) { return each.kind; });
  return row->lower(declaration, LoweringContext{"wp"});
}

/// "address type {attributes}", with "${a.b}" for references; lookups have a "?".
Texts objects(const Lowered& from) {
  Texts out;
  for (const Object& object : from.objects) {
    const auto resolved =
        resolve(object.attributes, [](const Reference& reference) -> std::optional<Value> {
          return Value("${" + reference.target + '.' + reference.attribute + "}");
        });
    REQUIRE(resolved);
    out.push_back(object.address + (object.is_lookup ? " ?" : " ") +
                  std::string(object.type->name) + ' ' + json::write(*resolved));
  }
  return out;
}

Texts faults(const Lowered& from) {
  Texts out;
  for (const Diagnostic& fault : from.faults) out.push_back(fault.path + ": " + fault.summary);
  return out;
}

}  // namespace

TEST_CASE("aws lowering: records") {
  struct Row {
    Map given;
    Texts objects;
  };
  const std::vector<Row> rows = {
      {{{"zone", "x.test"}, {"name", "db"}, {"type", "CNAME"}, {"value", "a.test"}},
       {R"(x aws.dns_record {"HostedZoneId":"${x/zone.id}","Name":"db.x.test",)"
        R"("ResourceRecords":["a.test"],"TTL":3600,"Type":"CNAME"})",
        R"(x/zone ?aws.dns_zone {"Name":"x.test","PrivateZone":false})"}},
      {{{"zone", "Z123"}, {"name", "db"}, {"type", "A"}, {"value", "192.0.2.1"}},
       {R"(x aws.dns_record {"HostedZoneId":"${x/zone.id}","Name":"db.${x/zone.Name}",)"
        R"("ResourceRecords":["192.0.2.1"],"TTL":3600,"Type":"A"})",
        R"(x/zone ?aws.dns_zone {"id":"Z123"})"}},
      {{{"zone", Reference{"z", ""}},
        {"name", "@"},
        {"type", "MX"},
        {"priority", 10},
        {"values", List{"a.test", Reference{"m", "address"}}}},
       {R"(x aws.dns_record {"HostedZoneId":"${z.}","Name":"${z.name}",)"
        R"("ResourceRecords":["10 a.test","10 ${m.address}"],"TTL":3600,"Type":"MX"})"}},
  };
  for (const Row& row : rows) {
    const Lowered made = lowered("dns_record", row.given);
    CHECK(objects(made) == row.objects);
    CHECK(faults(made).empty());
  }
  const Value target = Map{{"DNSName", "lb.test"}, {"HostedZoneId", "ZLB"}};
  const Lowered alias =
      lowered("dns_record", {{"zone", "x.test"}, {"type", "ALIAS"}}, Map{{"AliasTarget", target}});
  CHECK(faults(alias).empty());
  CHECK(objects(alias)[0] ==
        R"(x aws.dns_record {"AliasTarget":{"DNSName":"lb.test","EvaluateTargetHealth":false,)"
        R"("HostedZoneId":"ZLB"},"HostedZoneId":"${x/zone.id}","Name":"x.test","Type":"A"})");
}

TEST_CASE("aws lowering: an alias stands for a load balancer") {
  const Lowered alias =
      lowered("dns_record",
              {{"zone", "x.test"}, {"type", "ALIAS"}, {"value", Reference{"web", "address"}}});
  CHECK(faults(alias).empty());
  CHECK(objects(alias)[0] ==
        R"(x aws.dns_record {"AliasTarget":{"DNSName":"${web.address}",)"
        R"("HostedZoneId":"${web.alias_zone}"},"HostedZoneId":"${x/zone.id}","Name":"x.test",)"
        R"("Type":"A"})");
  CHECK(
      faults(lowered("dns_record", {{"zone", "x.test"}, {"type", "ALIAS"}, {"value", "a.test"}})) ==
      Texts{"type: a record of type ALIAS has a target in the block 'aws', and no other has",
            "value: a record of type ALIAS stands for a load balancer"});
}

TEST_CASE("aws lowering: records that Route 53 has not") {
  const auto told = [](Map given) {
    given.emplace("zone", "x.test");
    return faults(lowered("dns_record", std::move(given)));
  };
  CHECK(told({{"type", "URL"}, {"value", "x"}}) == Texts{"type: Route 53 has no URL records"});
  CHECK(told({{"type", "MX"}, {"value", "x"}}) == Texts{": MX records need a 'priority'"});
  CHECK(told({{"type", "A"}, {"value", "x"}, {"priority", 1}}) ==
        Texts{"priority: A records have no priority"});
  CHECK(told({{"type", "A"}}) == Texts{": a DNS record needs exactly one of value and values"});
  CHECK(told({{"type", "ALIAS"}}).size() == 1);
}

TEST_CASE("aws lowering: roles") {
  const Value policy = Map{{"Statement", List{}}};
  const Lowered machine = lowered("iam_role", {{"policy", policy}, {"labels", Map{{"a", "b"}}}});
  CHECK(faults(machine).empty());
  CHECK(objects(machine) ==
        Texts{R"(x aws.iam_role {"AssumeRolePolicyDocument":{"Statement":[{"Action":)"
              R"("sts:AssumeRole","Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"}}],)"
              R"("Version":"2012-10-17"},"Policies":{"policy":{"Statement":[]}},)"
              R"("RoleName":"wp-x","Tags":{"a":"b"}})",
              R"(x/profile aws.instance_profile {"InstanceProfileName":"wp-x",)"
              R"("RoleName":"${x.id}"})"});
  const Lowered service = lowered(
      "iam_role", {{"policy", policy},
                   {"assume_policy", policy},
                   {"editable", false},
                   {"permissions", List{"arn:aws:iam::aws:policy/ReadOnlyAccess", "bypass"}}});
  CHECK(service.objects.size() == 1);
  CHECK(faults(service) == Texts{"editable: AWS has no roles that cannot change",
                                 "permissions: 'bypass' is no ARN of a policy of AWS"});
}
