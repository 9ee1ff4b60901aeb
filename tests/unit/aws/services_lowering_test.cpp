// What load balancers, databases and caches become, from the words of stack files.
#include <algorithm>

#include "aws/lower/lowerings.h"
#include "kinds/kinds.h"
#include "unit/exoscale/lowering_support.h"

using namespace stackctl;
using exoscale_test::Texts;

namespace {

Lowered lowered(std::string_view kind, std::string_view attributes,
                std::string_view native = "null") {
  Declaration declaration;
  declaration.address = "x";
  declaration.kind =
      *std::ranges::find(kinds::all(), kind, [](const Kind* known) { return known->name; });
  Diagnostics faults;
  declaration.attributes =
      validate(exoscale_test::with_references(exoscale_test::parsed(attributes)),
               declaration.kind->schema, faults);
  for (const Diagnostic& fault : faults) FAIL(fault.path << ": " << fault.summary);
  declaration.native = exoscale_test::parsed(native);
  const auto row = std::ranges::find(aws::lowerings(), kind, &Lowering::kind);
  return row->lower(declaration, LoweringContext{"my_shop"});
}

/// "address type"; lookups have a "?" before the type.
Texts outline(const Lowered& from) {
  CHECK(exoscale_test::faults(from).empty());
  Texts out;
  for (const Object& object : from.objects)
    out.push_back(object.address + (object.is_lookup ? " ?" : " ") +
                  std::string(object.type->name).substr(4));
  return out;
}

std::string attributes(const Lowered& from, std::string_view address) {
  const auto found = std::ranges::find(from.objects, address, &Object::address);
  return found == from.objects.end() ? "none" : exoscale_test::shown(found->attributes);
}

std::string output(const Lowered& from, std::string_view name) {
  const auto found = from.outputs.find(name);
  return found == from.outputs.end() ? "none" : exoscale_test::shown(found->second);
}

Lowered balancer(const std::string& listener, std::string_view native = "null") {
  return lowered("load_balancer", R"({"networks":["${net}"],"listeners":[)" + listener + "]}",
                 native);
}

}  // namespace

TEST_CASE("aws lowering: http becomes an application balancer with a group of its own") {
  const Lowered web = balancer(
      R"({"port":80,"target_port":8080,"protocol":"http","targets":"${pool}","health":{"type":"http","path":"/test/"}})");
  CHECK(outline(web) ==
        Texts{"x load_balancer", "x/port-80 listener", "x/port-80/targets target_group",
              "x/port-80/targets/members target_attachment", "x/firewall security_group",
              "x/firewall/ingress-tcp-80-0.0.0.0-0 security_group_rule"});
  CHECK(
      attributes(web, "x") ==
      R"({"LoadBalancerName":"my-shop-x","Scheme":"internet-facing","SecurityGroups":["${x/firewall.id}"],"Subnets":"${net.public_subnets}","Type":"application"})");
  CHECK(
      attributes(web, "x/port-80") ==
      R"({"DefaultActions":[{"TargetGroupArn":"${x/port-80/targets.id}","Type":"forward"}],"LoadBalancerArn":"${x.id}","Port":80,"Protocol":"HTTP"})");
  CHECK(
      attributes(web, "x/port-80/targets") ==
      R"({"HealthCheckIntervalSeconds":10,"HealthCheckPath":"/test/","HealthCheckProtocol":"HTTP","HealthCheckTimeoutSeconds":2,"HealthyThresholdCount":2,"Matcher":{"HttpCode":"200-299"},"Port":8080,"Protocol":"HTTP","TargetGroupName":"my-shop-x-port-80","UnhealthyThresholdCount":2,"VpcId":"${net}"})");
  CHECK(attributes(web, "x/port-80/targets/members") ==
        R"({"AutoScalingGroupName":"${pool}","TargetGroupARN":"${x/port-80/targets.id}"})");
  CHECK(output(web, "address") == R"("${x.DNSName}")");
  // What scales by the requests waits for the port.
  CHECK(output(web, "target_group of pool") == R"("${x/port-80.TargetGroupArn}")");
  CHECK(output(web, "alias_zone") == R"("${x.CanonicalHostedZoneId}")");
}

TEST_CASE("aws lowering: single instances serve a target group one by one") {
  const Lowered web = balancer(R"({"port":80,"protocol":"http","instances":["${one}","${two}"]})");
  CHECK(outline(web) ==
        Texts{"x load_balancer", "x/port-80 listener", "x/port-80/machines target_group",
              "x/port-80/machines/one target_registration",
              "x/port-80/machines/two target_registration", "x/firewall security_group",
              "x/firewall/ingress-tcp-80-0.0.0.0-0 security_group_rule"});
  CHECK(attributes(web, "x/port-80/machines/two") ==
        R"({"InstanceId":"${two}","TargetGroupArn":"${x/port-80/machines.id}"})");
}

TEST_CASE("aws lowering: tcp becomes a network balancer, https shows a certificate") {
  const Lowered plain =
      balancer(R"({"port":53,"protocol":"udp","targets":"${pool}","strategy":"source_hash"})",
               R"({"Scheme":"internal","Attributes":{"a":"b"}})");
  CHECK(
      attributes(plain, "x") ==
      R"({"Attributes":{"a":"b"},"LoadBalancerName":"my-shop-x","Scheme":"internal","Subnets":"${net.private_subnets}","Type":"network"})");
  CHECK(
      attributes(plain, "x/port-53/targets") ==
      R"({"Attributes":{"stickiness.enabled":"true","stickiness.type":"source_ip"},"HealthCheckIntervalSeconds":10,"HealthCheckProtocol":"TCP","HealthCheckTimeoutSeconds":2,"HealthyThresholdCount":2,"Port":53,"Protocol":"UDP","TargetGroupName":"my-shop-x-port-53","UnhealthyThresholdCount":2,"VpcId":"${net}"})");
  const Lowered secure = balancer(
      R"({"port":443,"protocol":"https","certificate":"example.com","targets":"${pool}"})");
  CHECK(attributes(secure, "x/port-443/certificate") == R"({"DomainName":"example.com"})");
  const auto looked_up =
      std::ranges::find(secure.objects, "x/port-443/certificate", &Object::address);
  CHECK(origin_of(looked_up->origins.get(), "DomainName") == "listeners[0].certificate");
  CHECK(
      attributes(secure, "x/port-443") ==
      R"({"Certificates":[{"CertificateArn":"${x/port-443/certificate.id}"}],"DefaultActions":[{"TargetGroupArn":"${x/port-443/targets.id}","Type":"forward"}],"LoadBalancerArn":"${x.id}","Port":443,"Protocol":"HTTPS"})");
}

TEST_CASE("aws lowering: ports send clients elsewhere, and some of their requests") {
  const Lowered web = balancer(
      R"({"port":80,"protocol":"http","redirect":"https"},{"port":443,"protocol":"https","certificate":"arn:c","targets":"${web}","rules":[{"path":"/api/*","targets":"${api}"},{"host":"a.test","path":"/old","respond":404},{"host":"b.test","targets":"${web}"},{"path":"/v2/*","targets":"${api}"}]})");
  CHECK(outline(web) ==
        Texts{"x load_balancer", "x/port-80 listener", "x/port-443 listener",
              "x/port-443/targets target_group", "x/port-443/targets/members target_attachment",
              "x/port-443/rule-1 listener_rule", "x/port-443/targets-api target_group",
              "x/port-443/targets-api/members target_attachment", "x/port-443/rule-2 listener_rule",
              "x/port-443/rule-3 listener_rule", "x/port-443/rule-4 listener_rule",
              "x/firewall security_group",
              "x/firewall/ingress-tcp-80-0.0.0.0-0 security_group_rule",
              "x/firewall/ingress-tcp-443-0.0.0.0-0 security_group_rule"});
  CHECK(
      attributes(web, "x/port-80") ==
      R"({"DefaultActions":[{"RedirectConfig":{"Port":"443","Protocol":"HTTPS","StatusCode":"HTTP_301"},"Type":"redirect"}],"LoadBalancerArn":"${x.id}","Port":80,"Protocol":"HTTP"})");
  // It is asked for its rules only because it says that it has some.
  CHECK(attributes(web, "x/port-443").find(R"("HasRules":true)") != std::string::npos);
  CHECK(
      attributes(web, "x/port-443/rule-1") ==
      R"({"Actions":[{"TargetGroupArn":"${x/port-443/targets-api.id}","Type":"forward"}],"Conditions":[{"Field":"path-pattern","PathPatternConfig":{"Values":["/api/*"]}}],"ListenerArn":"${x/port-443.id}","Priority":1})");
  CHECK(
      attributes(web, "x/port-443/rule-2") ==
      R"({"Actions":[{"FixedResponseConfig":{"ContentType":"text/plain","StatusCode":"404"},"Type":"fixed-response"}],"Conditions":[{"Field":"host-header","HostHeaderConfig":{"Values":["a.test"]}},{"Field":"path-pattern","PathPatternConfig":{"Values":["/old"]}}],"ListenerArn":"${x/port-443.id}","Priority":2})");
  CHECK(attributes(web, "x/port-443/rule-3").find("${x/port-443/targets.id}") != std::string::npos);
  CHECK(attributes(web, "x/port-443/targets-api")
            .find(R"("TargetGroupName":"my-shop-x-port-443-api")") != std::string::npos);
  CHECK(output(web, "target_group of web") == R"("${x/port-443.TargetGroupArn}")");
  CHECK(output(web, "target_group of api") == R"("${x/port-443/rule-1.TargetGroupArn}")");
}

TEST_CASE("aws lowering: without a network the default one is looked up") {
  const Lowered web =
      lowered("load_balancer", R"({"listeners":[{"port":1,"protocol":"http","targets":"${p}"}]})");
  CHECK(attributes(web, "x/vpc") == R"({"IsDefault":true})");
  CHECK(attributes(web, "x").find(R"("Subnets":["${x/subnet-a.id}","${x/subnet-b.id}"])") !=
        std::string::npos);
}

TEST_CASE("aws lowering: a classic balancer holds its ports itself") {
  const Lowered classic = balancer(
      R"({"port":80,"protocol":"http","targets":"${pool}","health":{"type":"http","path":"/t"}})",
      R"({"classic":true})");
  CHECK(outline(classic) == Texts{"x classic_load_balancer", "x/members classic_attachment",
                                  "x/firewall security_group",
                                  "x/firewall/ingress-tcp-80-0.0.0.0-0 security_group_rule"});
  CHECK(
      attributes(classic, "x") ==
      R"({"HealthCheck":{"HealthyThreshold":2,"Interval":10,"Target":"HTTP:80/t","Timeout":2,"UnhealthyThreshold":2},"Listeners":[{"InstancePort":80,"InstanceProtocol":"HTTP","LoadBalancerPort":80,"Protocol":"HTTP"}],"LoadBalancerName":"my-shop-x","Scheme":"internet-facing","SecurityGroups":["${x/firewall.id}"],"Subnets":"${net.public_subnets}"})");
}

TEST_CASE("aws lowering: what no balancer can be") {
  struct Row {
    std::string listeners;
    std::string native;
    std::string fault;
  };
  const std::string http = R"({"port":80,"protocol":"http","targets":"${p}"})";
  const std::string tcp = R"({"port":81,"targets":"${p}"})";
  const auto with = [](const std::string& more) {
    return R"({"port":80,"protocol":"http","targets":"${p}",)" + more + "}";
  };
  const std::vector<Row> rows = {
      {http + ',' + tcp, "null",
       "listeners[1]: one load balancer of AWS serves http and https, or tcp and udp"},
      {http + ',' + with(R"("strategy":"round_robin")"), "null",
       "listeners[1]: two listeners on the same port"},
      {with(R"("strategy":"source_hash")"), "null",
       "listeners[0].strategy: AWS cannot balance http by source_hash"},
      {with(R"("certificate":"arn:a")"), "null",
       "listeners[0].certificate: only https has a certificate"},
      {R"({"port":1,"protocol":"https","targets":"${p}"})", "null",
       "listeners[0].protocol: https needs a 'certificate'"},
      {with(R"("health":{"type":"http","interval":"301s"})"), "null",
       "listeners[0].health.interval: 'interval' must be from 5 to 300 s on AWS"},
      {with(R"("health":{"type":"http","retries":11})"), "null",
       "listeners[0].health.retries: 'retries' must be from 1 to 10 on AWS"},
      {with(R"("health":{"type":"http","interval":"10s","timeout":"10s"})"), "null",
       "listeners[0].health.timeout: 'timeout' must be shorter than 'interval'"},
      {with(R"("health":{"type":"tcp","path":"/"})"), "null",
       "listeners[0].health.path: a tcp check has no path"},
      {R"({"port":80,"protocol":"http"})", "null",
       "listeners[0]: exactly one of 'targets', 'instances', 'redirect' and 'respond' is needed"},
      {with(R"("respond":404)"), "null",
       "listeners[0]: exactly one of 'targets', 'instances', 'redirect' and 'respond' is needed"},
      {R"({"port":80,"respond":404})", "null",
       "listeners[0].respond: only http and https can do that"},
      {R"({"port":1,"protocol":"https","certificate":"arn:c","redirect":"https"})", "null",
       "listeners[0].redirect: it is https already"},
      {with(R"("rules":[{"path":"/a","redirect":"https"},{"respond":404}])"), "null",
       "listeners[0].rules[1]: a rule needs a 'host' or a 'path'"},
      {R"({"port":81,"targets":"${p}","rules":[{"path":"/a","targets":"${p}"}]})", "null",
       "listeners[0].rules: only http and https have rules"},
      {with(R"("rules":[{"path":"/a","targets":"${q}"}])"), R"({"classic":true})",
       "listeners[0].rules: classic load balancers have no 'rules'"},
      {R"({"port":80,"protocol":"http"})", R"({"classic":true})",
       "listeners[0]: a classic load balancer needs 'targets'"},
      {R"({"port":1,"protocol":"udp","targets":"${p}"})", R"({"classic":true})",
       "listeners[0].protocol: classic load balancers know no udp"},
      {tcp + R"(,{"port":82,"targets":"${q}"})", R"({"classic":true})",
       "listeners[1].targets: a classic load balancer has one pool behind all ports"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.listeners);
    CHECK(exoscale_test::faults(balancer(row.listeners, row.native)) == Texts{row.fault});
  }
}

TEST_CASE("aws lowering: databases") {
  const std::string common =
      R"("engine":"mysql","version":"8.0","user":"app","password":"long-enough","networks":["${net}"])";
  const Lowered database = lowered(
      "database",
      "{" + common +
          R"(,"plan":"small","storage":30,"name":"blog","allow":["192.0.2.1"],"settings":{"max_connections":9}})",
      R"({"MultiAZ":true})");
  CHECK(outline(database) == Texts{"x db_instance", "x/subnets db_subnet_group",
                                   "x/settings db_parameter_group", "x/firewall security_group",
                                   "x/firewall/ingress-tcp-3306-192.0.2.1-32 security_group_rule"});
  CHECK(
      attributes(database, "x") ==
      R"({"AllocatedStorage":30,"AutoMinorVersionUpgrade":true,"DBInstanceClass":"db.t3.small","DBInstanceIdentifier":"my-shop-x","DBName":"blog","DBParameterGroupName":"${x/settings.id}","DBSubnetGroupName":"${x/subnets.id}","DeletionProtection":false,"Engine":"mysql","EngineVersion":"8.0","MasterUserPassword":"long-enough","MasterUsername":"app","MultiAZ":true,"Port":3306,"PreferredBackupWindow":"02:00-02:30","PreferredMaintenanceWindow":"sun:03:00-sun:03:30","PubliclyAccessible":false,"VpcSecurityGroupIds":["${x/firewall.id}"]})");
  CHECK(database.objects.front().attributes["MasterUserPassword"].has_secret());
  CHECK(
      attributes(database, "x/settings") ==
      R"({"DBParameterGroupFamily":"mysql8.0","DBParameterGroupName":"my-shop-x-settings","Description":"Settings of x","Parameters":{"max_connections":"9"}})");
  CHECK(output(database, "host") == R"("${x.Address}")");
  CHECK(output(database, "port") == R"("${x.Port}")");
  // Groups that are given are enough, unless somebody else is to be let in.
  const Lowered worn =
      lowered("database", "{" + common + R"(,"plan":"db.m5.large","security_groups":["${g}"]})");
  CHECK(outline(worn) == Texts{"x db_instance", "x/subnets db_subnet_group"});
  const Lowered never = lowered(
      "database",
      "{" + common +
          R"(,"plan":"micro","maintenance":{"day":"never"},"backup":{"hour":23,"minute":45}})");
  CHECK(attributes(never, "x").find(R"("AutoMinorVersionUpgrade":false)") != std::string::npos);
  CHECK(attributes(never, "x").find(R"("PreferredBackupWindow":"23:45-00:15")") !=
        std::string::npos);
  CHECK(attributes(never, "x").find("PreferredMaintenanceWindow") == std::string::npos);
}

TEST_CASE("aws lowering: what no database or cache can be") {
  struct Row {
    std::string kind;
    std::string attributes;
    std::string fault;
  };
  const std::string whole = R"("engine":"postgres","user":"a","password":"12345678")";
  const std::vector<Row> rows = {
      {"database", R"({"engine":"mysql","plan":"micro","password":"12345678"})",
       ": a database on AWS needs 'user'"},
      {"database", "{" + whole + R"(,"plan":"startup-4"})", "plan: AWS has no plan 'startup-4'"},
      {"database", "{" + whole + R"(,"plan":"micro","users":["b"]})",
       "users: AWS makes no users beside the first one"},
      {"database", "{" + whole + R"(,"plan":"micro","databases":["b"]})",
       "databases: AWS makes no databases beside the first one"},
      {"database", "{" + whole + R"(,"plan":"micro","settings":{"a":1}})",
       "settings: 'settings' need 'version' on AWS"},
      {"database", R"({"engine":"mysql","plan":"micro","user":"a","password":"short"})",
       "password: 'password' must have 8 characters at least on AWS"},
      {"database", R"({"engine":"mysql","plan":"micro","user":"a","password":"long/enough"})",
       "password: 'password' must not hold '/', '@', '\"' or blanks on AWS"},
      {"database", R"({"engine":"mysql","plan":"micro","user":"9a","password":"12345678"})",
       "user: 'user' must be letters, digits and '_' on AWS, and begin with a letter"},
      {"database", "{" + whole + R"(,"plan":"micro","name":"my-shop"})",
       "name: 'name' must be letters, digits and '_' on AWS, and begin with a letter"},
      {"cache", R"({"plan":"micro","settings":{"a":1}})",
       "settings: AWS keeps settings of caches in a parameter group"},
      {"cache", R"({"plan":"micro","termination_protection":true})",
       "termination_protection: AWS itself does not protect caches"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.attributes);
    CHECK(exoscale_test::faults(lowered(row.kind, row.attributes)) == Texts{row.fault});
  }
}

TEST_CASE("aws lowering: caches") {
  const Lowered cache = lowered(
      "cache",
      R"({"engine":"redis","plan":"micro","networks":["${net}"],"maintenance":{"day":"saturday","time":"23:30"}})",
      R"({"NumCacheClusters":2})");
  CHECK(outline(cache) == Texts{"x cache_replication_group", "x/subnets cache_subnet_group",
                                "x/firewall security_group"});
  CHECK(
      attributes(cache, "x") ==
      R"({"AutoMinorVersionUpgrade":true,"CacheNodeType":"cache.t3.micro","CacheSubnetGroupName":"${x/subnets.id}","Engine":"redis","NumCacheClusters":2,"PreferredMaintenanceWindow":"sat:23:30-sun:00:30","ReplicationGroupDescription":"Cache of my_shop","ReplicationGroupId":"my-shop-x","SecurityGroupIds":["${x/firewall.id}"]})");
}

TEST_CASE("aws lowering: memcached is a cluster, not a group") {
  const Lowered cache =
      lowered("cache", R"({"engine":"memcached","plan":"small","networks":["${net}"]})",
              R"({"NumCacheNodes":2})");
  CHECK(outline(cache) ==
        Texts{"x cache_cluster", "x/subnets cache_subnet_group", "x/firewall security_group"});
  CHECK(
      attributes(cache, "x") ==
      R"({"AutoMinorVersionUpgrade":true,"CacheClusterId":"my-shop-x","CacheNodeType":"cache.t3.small","CacheSubnetGroupName":"${x/subnets.id}","Engine":"memcached","NumCacheNodes":2,"PreferredMaintenanceWindow":"sun:03:00-sun:04:00","SecurityGroupIds":["${x/firewall.id}"]})");
  CHECK(output(cache, "state") == R"("${x.CacheClusterStatus}")");
  const Lowered reached =
      lowered("cache", R"({"engine":"memcached","plan":"small","allow":["192.0.2.1"]})");
  CHECK(attributes(reached, "x/firewall/ingress-tcp-11211-192.0.2.1-32") != "none");
}
