// What the kinds database, cache, dns_zone, dns_record, iam_role, api_key and kubernetes_cluster
// become.
#include <algorithm>

#include "unit/exoscale/lowering_support.h"

using namespace stackctl;
using namespace exoscale_test;

namespace {

/// The objects of what has no faults.
Texts sound(const Lowered& from) {
  CHECK(from.faults.empty());
  return exoscale_test::objects(from);
}

/// The first fault that the schema of `kind` finds.
std::string refused(std::string_view kind, std::string_view attributes) {
  const Kind& known =
      **std::ranges::find(kinds::all(), kind, [](const Kind* one) { return one->name; });
  Diagnostics found;
  validate(parsed(attributes), known.schema, found);
  return found.empty() ? "" : found.front().path + ": " + found.front().summary;
}

}  // namespace

TEST_CASE("exoscale lowering: databases with users and databases") {
  const Lowered database = lowered(
      "db", "database",
      R"({"engine":"mysql","plan":"startup-4","version":"8.4","allow":["192.0.2.1"],"backup":{"hour":4},"users":["app"],"databases":["blog"],"settings":{"wait_timeout":100}})",
      R"({"admin-username":"root"})");
  CHECK(
      sound(database) ==
      Texts{
          R"(db mysql {"admin-username":"root","backup-schedule":{"backup-hour":4,"backup-minute":0},"ip-filter":["192.0.2.1"],"maintenance":{"dow":"sunday","time":"03:00:00"},"mysql-settings":{"wait_timeout":100},"name":"stackctl-2-wp-db","plan":"startup-4","termination-protection":false,"version":"8.4"})",
          R"(db/user-app database_user {"engine":"mysql","service":"${db.id}","username":"app"})",
          R"(db/database-blog database {"database-name":"blog","engine":"mysql","service":"${db.id}"})"});
  CHECK(shown(database.outputs.at("password")) == R"("${db.password}")");
  CHECK(shown(database.outputs.at("passwords")) == R"({"app":"${db/user-app.password}"})");
  CHECK(
      sound(lowered("pg[0]", "database", R"({"engine":"postgres","plan":"startup-4"})")) ==
      Texts{
          R"(pg[0] postgres {"backup-schedule":{"backup-hour":2,"backup-minute":0},"ip-filter":[],"maintenance":{"dow":"sunday","time":"03:00:00"},"name":"stackctl-2-wp-pg--5b0--5d","pg-settings":{},"plan":"startup-4","termination-protection":false})"});
  CHECK(
      sound(lowered("c", "cache", R"({"plan":"hobbyist-2","maintenance":{"day":"never"}})")) ==
      Texts{
          R"(c valkey {"ip-filter":[],"maintenance":{"dow":"never","time":"03:00:00"},"name":"stackctl-2-wp-c","plan":"hobbyist-2","termination-protection":false,"valkey-settings":{}})"});
}

TEST_CASE("exoscale lowering: what databases of other clouds have") {
  const Lowered database =
      lowered("db", "database",
              R"({"engine":"mysql","plan":"small","name":"blog","user":"app","password":"p"})");
  CHECK(
      sound(database) ==
      Texts{
          R"(db mysql {"admin-password":"p","admin-username":"app","backup-schedule":{"backup-hour":2,"backup-minute":0},"ip-filter":[],"maintenance":{"dow":"sunday","time":"03:00:00"},"mysql-settings":{},"name":"stackctl-2-wp-db","plan":"startup-4","termination-protection":false})",
          R"(db/database-blog database {"database-name":"blog","engine":"mysql","service":"${db.id}"})"});
  CHECK(shown(database.outputs.at("database")) == R"("${db/database-blog.database-name}")");
  const Lowered usual =
      lowered("db", "database", R"({"engine":"mysql","plan":"p","name":"defaultdb"})");
  CHECK(usual.objects.size() == 1);
  CHECK(shown(usual.outputs.at("database")) == R"("${db.database}")");
  CHECK(
      faults(lowered(
          "db", "database",
          R"({"engine":"mysql","plan":"p","storage":9,"networks":["${n}"],"security_groups":["${g}"]})")) ==
      Texts{"networks: databases and caches of Exoscale have no 'networks'",
            "security_groups: databases and caches of Exoscale have no 'security_groups'",
            "storage: databases and caches of Exoscale have no 'storage'"});
  CHECK(faults(lowered("c", "cache", R"({"engine":"redis","plan":"p"})")) ==
        Texts{"engine: Exoscale has no redis"});
}

TEST_CASE("exoscale lowering: what balancers of other clouds have") {
  const Lowered web =
      lowered("lb", "load_balancer",
              R"({"listeners":[{"port":80,"protocol":"http","targets":"${pool}"}]})");
  CHECK(web.faults.empty());
  REQUIRE(web.objects.size() == 2);
  CHECK(web.objects[1].address == "lb/tcp-80");
  CHECK(web.objects[1].attributes.text_at("protocol") == "tcp");
  CHECK(
      faults(lowered(
          "lb", "load_balancer",
          R"({"networks":["${n}"],"security_groups":["${g}"],"listeners":[{"port":443,"protocol":"https","targets":"${p}"},{"port":80,"certificate":"c","targets":"${p}"}]})")) ==
      Texts{"networks: load balancers of Exoscale have no 'networks'",
            "security_groups: load balancers of Exoscale have no 'security_groups'",
            "listeners[0].protocol: load balancers of Exoscale have no certificates",
            "listeners[1].certificate: load balancers of Exoscale have no certificates"});
}

TEST_CASE("exoscale lowering: what no database can be") {
  CHECK(
      faults(lowered(std::string(60, 'x'), "cache", R"({"plan":"p"})"))
          .front()
          .starts_with(": its name on Exoscale would have 74 characters, of which 63 are allowed"));
  CHECK(faults(lowered("db", "database",
                       R"({"engine":"mysql","plan":"p","backup":{"hour":24,"minute":60}})")) ==
        Texts{"backup.hour: 'hour' must be at most 23",
              "backup.minute: 'minute' must be at most 59"});
  struct Row {
    std::string attributes;
    std::string fault;
  };
  const std::vector<Row> rows = {
      {R"({"plan":"p","allow":["192.0.2.1","10.0.0.0/8","2001:db8::1"]})", ""},
      {R"({"plan":"p","allow":["10.0.0.1/8"]})",
       "allow[0]: 'allow[0]' must be the first address of its CIDR block: write 10.0.0.0/8"},
      {R"({"plan":"p","maintenance":{"time":"23:59"}})", ""},
      {R"({"plan":"p","maintenance":{"time":"24:00"}})",
       "maintenance.time: 'time' must be a time of day in UTC, such as 03:00"},
      {R"({"plan":"p","maintenance":{"time":"3:00"}})",
       "maintenance.time: 'time' must be a time of day in UTC, such as 03:00"},
      {R"({"plan":"p","maintenance":{"time":"0-:-1"}})",
       "maintenance.time: 'time' must be a time of day in UTC, such as 03:00"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.attributes);
    CHECK(refused("cache", row.attributes) == row.fault);
  }
}

TEST_CASE("exoscale lowering: DNS") {
  CHECK(sound(lowered("zone", "dns_zone", R"({"name":"example.com"})")) ==
        Texts{R"(zone dns_domain {"unicode-name":"example.com"})"});
  CHECK(
      sound(lowered("www", "dns_record",
                    R"({"zone":"${zone}","name":"www","type":"A","value":"${lb}","ttl":"5m"})")) ==
      Texts{
          R"(www dns_record {"content":["${lb}"],"domain":"${zone}","name":"www","ttl":300,"type":"A"})"});
  CHECK(
      sound(lowered(
          "mail", "dns_record",
          R"({"zone":"example.com","name":"@","type":"MX","values":["a","b"],"priority":10})")) ==
      Texts{
          R"(mail dns_record {"content":["a","b"],"domain":"${mail/zone.id}","name":"","priority":10,"ttl":3600,"type":"MX"})",
          R"(mail/zone ?dns_domain {"unicode-name":"example.com"})"});
  CHECK(faults(lowered("w", "dns_record", R"({"zone":"z","type":"A"})")) ==
        Texts{": a DNS record needs exactly one of value and values"});
  CHECK(
      faults(lowered("w", "dns_record", R"({"zone":"z","type":"A","value":"a","values":["b"]})")) ==
      Texts{": a DNS record needs exactly one of value and values"});
  CHECK(faults(lowered("w", "dns_record", R"({"zone":"z","type":"SRV","value":"a"})")) ==
        Texts{": SRV records need a 'priority'"});
  CHECK(faults(lowered("w", "dns_record", R"({"zone":"z","type":"A","value":"a","priority":1})")) ==
        Texts{"priority: A records have no priority"});
}

TEST_CASE("exoscale lowering: roles and keys") {
  CHECK(
      sound(lowered(
          "role", "iam_role",
          R"({"policy":{"services":{}},"assume_policy":{"rules":[]},"labels":{"a":"b"}})")) ==
      Texts{
          R"(role iam_role {"assume-role-policy":{"rules":[]},"editable":true,"labels":{"a":"b"},"name":"wp-role","policy":{"services":{}}})"});
  CHECK(sound(lowered("key[\"a\"]", "api_key", R"({"role":"${role}"})")) ==
        Texts{R"(key["a"] api_key {"name":"stackctl.wp.key.5b.22a.22.5d","role-id":"${role}"})"});
  CHECK(sound(lowered("key", "api_key", R"({"role":"Owner"})")) ==
        Texts{R"(key api_key {"name":"stackctl.wp.key","role-id":"${key/role.id}"})",
              R"(key/role ?iam_role {"name":"Owner"})"});
}

TEST_CASE("exoscale lowering: Kubernetes clusters") {
  CHECK(
      sound(lowered(
          "k", "kubernetes_cluster",
          R"({"version":"1.34","node_pools":[{"name":"main","size":"medium","count":2,"security_groups":["${sg}"],"taints":[{"key":"gpu","value":"yes"}]}]})")) ==
      Texts{
          R"(k sks_cluster {"auto-upgrade":false,"cni":"calico","description":"","level":"starter","name":"wp-k","release":"${k/version.name}","version":"1.34"})",
          R"(k/version ?sks_version {"name":"1.34"})",
          R"(k/main-size ?instance_type {"name":"standard.medium"})",
          R"(k/main sks_nodepool {"cluster":"${k.id}","disk-size":50,"instance-type":"${k/main-size.id}","name":"main","security-groups":["${sg}"],"size":2,"stale-members":0,"taints":{"gpu":{"effect":"NoSchedule","value":"yes"}},"update-batch":1,"update-strategy":"rolling"})"});
  CHECK(
      sound(
          lowered(
              "k", "kubernetes_cluster",
              R"({"version":"1.34.4","node_pools":[{"name":"a","size":"${sg}","count":1,"update":{"strategy":"manual","batch":2}}]})"))
          .back() ==
      R"(k/a sks_nodepool {"cluster":"${k.id}","disk-size":50,"instance-type":"${sg}","name":"a","size":1,"update-batch":2,"update-strategy":"manual"})");
  CHECK(
      sound(lowered("k", "kubernetes_cluster", R"({"version":"1.34.4","level":"pro"})")) ==
      Texts{
          R"(k sks_cluster {"auto-upgrade":false,"cni":"calico","description":"","level":"pro","name":"wp-k","version":"1.34.4"})"});
  CHECK(
      faults(lowered(
          "k", "kubernetes_cluster",
          R"({"version":"1.34.4","node_pools":[{"name":"a","size":"small","count":1,"disk":10},{"name":"a","size":"small","count":1}]})")) ==
      Texts{"node_pools[0].disk: 'disk' must be from 20 to 51200 GiB on Exoscale",
            "node_pools[1].name: two node pools of the same name"});
}
