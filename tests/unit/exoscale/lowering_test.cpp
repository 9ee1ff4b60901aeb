#include <algorithm>
#include <map>

#include "unit/exoscale/lowering_support.h"

using namespace stackctl;
using namespace exoscale_test;

TEST_CASE("exoscale lowering: the WordPress stack") {
  CHECK(
      objects(
          lowered("web-sg", "security_group", R"({"ingress":[{"port":80,"from":"0.0.0.0/0"}]})")) ==
      Texts{
          R"(web-sg security_group {"description":"","name":"wp-web-sg"})",
          R"(web-sg/ingress-tcp-80-0.0.0.0-0 security_group_rule {"end-port":80,"flow-direction":"ingress","group":"${web-sg.id}","network":"0.0.0.0/0","protocol":"tcp","start-port":80})"});
  CHECK(
      objects(lowered("db-sg", "security_group",
                      R"({"ingress":[{"port":3306,"from":"${web-sg}"}]})")) ==
      Texts{
          R"(db-sg security_group {"description":"","name":"wp-db-sg"})",
          R"(db-sg/ingress-tcp-3306-web-sg security_group_rule {"end-port":3306,"flow-direction":"ingress","group":"${db-sg.id}","protocol":"tcp","security-group":"${web-sg}","start-port":3306})"});
  // Not all that is referred to is a group.
  CHECK(
      objects(
          lowered("x", "security_group",
                  R"({"ingress":[{"port":1,"from":"${a.cidr}"},{"port":1,"from":"${b.id}"}]})")) ==
      Texts{
          R"(x security_group {"description":"","name":"wp-x"})",
          R"(x/ingress-tcp-1-a.cidr security_group_rule {"end-port":1,"flow-direction":"ingress","group":"${x.id}","network":"${a.cidr}","protocol":"tcp","start-port":1})",
          R"(x/ingress-tcp-1-b security_group_rule {"end-port":1,"flow-direction":"ingress","group":"${x.id}","protocol":"tcp","security-group":"${b.id}","start-port":1})"});
  CHECK(
      objects(lowered(
          "db", "instance",
          R"({"image":"Linux Ubuntu 24.04 LTS 64-bit","size":"small","security_groups":["${db-sg}"],"user_data":"x"})")) ==
      Texts{
          R"(db instance {"disk-size":10,"instance-type":"${db/size.id}","name":"wp-db","public-ip-assignment":"inet4","security-groups":["${db-sg}"],"template":"${db/image.id}","user-data":"x"})",
          R"(db/image ?template {"name":"Linux Ubuntu 24.04 LTS 64-bit"})",
          R"(db/size ?instance_type {"name":"standard.small"})"});
  CHECK(
      objects(lowered(
          "web", "instance_pool",
          R"({"count":2,"image":"5c2e26fb-75c6-4ada-8dd0-0dcb32080f72","size":"memory.large","security_groups":["${web-sg}"],"user_data":"${lb.address}"})")) ==
      Texts{
          R"(web instance_pool {"disk-size":10,"instance-type":"${web/size.id}","name":"wp-web","public-ip-assignment":"inet4","security-groups":["${web-sg}"],"size":2,"stale-members":0,"template":"${web/image.id}","update-batch":1,"update-strategy":"rolling","update-wait":"health","user-data":"${lb.address}"})",
          R"(web/image ?template {"id":"5c2e26fb-75c6-4ada-8dd0-0dcb32080f72"})",
          R"(web/size ?instance_type {"name":"memory.large"})"});
  CHECK(
      objects(lowered(
          "lb", "load_balancer",
          R"({"listeners":[{"port":80,"targets":"${web}","health":{"type":"http","path":"/","interval":"10s"}}]})")) ==
      Texts{
          R"(lb load_balancer {"description":"","name":"wp-lb"})",
          R"(lb/tcp-80 nlb_service {"healthcheck":{"interval":10,"mode":"http","port":80,"retries":1,"timeout":2,"uri":"/"},"instance-pool":"${web}","load-balancer":"${lb.id}","name":"tcp-80","port":80,"protocol":"tcp","strategy":"round-robin","target-port":80})"});
}

TEST_CASE("exoscale lowering: a live rule gets the address that the stack file gives it") {
  const Lowered group = lowered(
      "db-sg", "security_group",
      R"({"ingress":[{"ports":"8000-8080","protocol":"udp","from":"10.0.0.0/8"},{"protocol":"icmp","from":"${db-sg}"}]})");
  const std::string listed =
      R"({"security-groups":[{"id":"g1","description":"[stackctl wp db-sg]","rules":[
    {"id":"r1","flow-direction":"ingress","protocol":"udp","start-port":8000,"end-port":8080,"network":"10.0.0.0/8"},
    {"id":"r2","flow-direction":"ingress","protocol":"icmp","icmp":{"type":-1,"code":-1},"security-group":{"id":"g1","name":"x"}}]}]})";
  Diagnostics told;
  const auto rules = exoscale::security_group_rule.decode(exoscale::security_group_rule.resource,
                                                          parsed(listed), told);
  REQUIRE(rules.size() == 2);
  REQUIRE(group.objects.size() == 3);
  CHECK(rules[0].mark->address == group.objects[1].address);
  CHECK(rules[1].mark->address == group.objects[2].address);
  CHECK(group.objects[2].attributes["icmp"] == rules[1].attributes["icmp"]);
}

TEST_CASE("exoscale lowering: key pairs and images") {
  CHECK(
      objects(lowered(
          "admin", "key_pair",
          R"({"public_key":"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIG5vdCBhIHJlYWwga2V5LCBvbmx5IHRoZSBmb3Jt me"})")) ==
      Texts{
          R"(admin ssh_key {"name":"stackctl.wp.admin","public-key":"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIG5vdCBhIHJlYWwga2V5LCBvbmx5IHRoZSBmb3Jt me"})"});
  CHECK(objects(lowered("os", "image", R"({"family":"ubuntu","visibility":"public"})")) ==
        Texts{R"(os ?template {"family":"ubuntu","visibility":"public"})"});
  const std::string known = R"({"name":"Linux Debian 12 (Bookworm) 64-bit","visibility":"public"})";
  CHECK(objects(lowered("os", "image", R"({"name":"debian-12"})")) ==
        Texts{"os ?template " + known});
  CHECK(objects(lowered("os", "image", R"({"name":"debian-12","visibility":"private"})")) ==
        Texts{R"(os ?template {"name":"debian-12","visibility":"private"})"});
  CHECK(objects(lowered("db", "instance", R"({"image":"debian-12","size":"small"})"))[1] ==
        "db/image ?template " + known);
  CHECK(faults(lowered("os", "image", R"({})")) ==
        Texts{": an image is looked up by exactly one of name, family, id"});
  CHECK(faults(lowered("os", "image", R"({"name":"a","family":"b"})")) ==
        Texts{": an image is looked up by exactly one of name, family, id"});
}

TEST_CASE("exoscale lowering: machines with everything") {
  CHECK(
      objects(lowered(
          "web_1", "instance",
          R"({"image":"${os}","size":"small","disk":50,"key_pair":"${admin}","public_address":false,"labels":{"a":"b"}})",
          R"({"deploy-target":"d1","running":false})"))[0] ==
      R"(web_1 instance {"deploy-target":"${web_1/deploy-target.id}","disk-size":50,"instance-type":"${web_1/size.id}","labels":{"a":"b"},"name":"wp-web-1","public-ip-assignment":"none","running":false,"ssh-keys":["${admin}"],"template":"${os}"})");
  CHECK(
      objects(
          lowered("web", "instance_pool",
                  R"({"count":"${other.count}","image":"${os}","size":"small","min_available":1})",
                  R"({"public-ip-assignment":"dual","anti-affinity-groups":["a1"]})"))[0] ==
      R"(web instance_pool {"anti-affinity-groups":["a1"],"disk-size":10,"instance-type":"${web/size.id}","min-available":1,"name":"wp-web","public-ip-assignment":"dual","size":"${other.count}","stale-members":0,"template":"${os}","update-batch":1,"update-strategy":"rolling","update-wait":"health"})");
  // Old members stay where they are not to be replaced.
  const std::string manual = objects(lowered(
      "web", "instance_pool",
      R"({"count":1,"image":"${os}","size":"small","update":{"strategy":"manual","batch":3,"wait":"running"}})"))
      [0];
  CAPTURE(manual);
  CHECK(manual.find("stale-members") == std::string::npos);
  CHECK(manual.find(R"("update-batch":3,"update-strategy":"manual","update-wait":"running")") !=
        std::string::npos);
}

TEST_CASE("exoscale lowering: a pool that is spread gets a group of its own") {
  const Texts made =
      objects(lowered("web", "instance_pool", R"({"count":2,"image":"${os}","size":"small"})",
                      R"({"spread":true,"anti-affinity-groups":["a1"]})"));
  CHECK(made[0].find(R"("anti-affinity-groups":["a1","${web/spread.id}"])") != std::string::npos);
  CHECK(made.back() == R"(web/spread anti_affinity_group {"name":"wp-web-spread"})");
}

TEST_CASE("exoscale lowering: what references mean") {
  const auto meaning = [](const Lowered& from, std::string_view name) {
    const auto found = from.outputs.find(name);
    return found == from.outputs.end() ? "none" : shown(found->second);
  };
  const Lowered db = lowered("db", "instance", R"({"image":"x","size":"small"})");
  CHECK(meaning(db, "") == R"("${db.id}")");
  CHECK(meaning(db, "address") == R"("${db.public-ip}")");
  const Lowered lb = lowered("lb", "load_balancer", "{}");
  CHECK(meaning(lb, "address") == R"("${lb.ip}")");
  // Every output that a kind promises has a meaning.
  const std::map<std::string, std::string> least = {
      {"api_key", R"({"role":"${role}"})"},
      {"cache", R"({"plan":"hobbyist-2"})"},
      {"database", R"({"engine":"mysql","plan":"hobbyist-2"})"},
      {"dns_record", R"({"zone":"${zone}","type":"A","value":"192.0.2.1"})"},
      {"dns_zone", R"({"name":"example.com"})"},
      {"iam_role", R"({"policy":{"default-service-strategy":"deny","services":{}}})"},
      {"address", "{}"},
      {"affinity_group", "{}"},
      {"network", "{}"},
      {"volume", R"({"size":10})"},
      {"volume_snapshot", R"({"of":"${v}"})"},
      {"api_key", R"({"role":"Owner"})"},
      {"cache", R"({"plan":"hobbyist-2"})"},
      {"database", R"({"engine":"mysql","plan":"startup-4"})"},
      {"dns_record", R"({"zone":"example.com","type":"A","value":"192.0.2.1"})"},
      {"dns_zone", R"({"name":"example.com"})"},
      {"iam_role", R"({"policy":{"services":{}}})"},
      {"kubernetes_cluster", R"({"version":"1.34"})"},
      {"image", R"({"name":"x"})"},
      {"instance", R"({"image":"x","size":"small"})"},
      {"instance_pool", R"({"image":"x","size":"small","count":1})"},
      {"key_pair",
       R"({"public_key":"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIG5vdCBhIHJlYWwga2V5LCBvbmx5IHRoZSBmb3Jt"})"},
      {"kubernetes_cluster", R"({"version":"1.34","level":"pro"})"},
      {"volume", R"({"size":10})"},
      {"volume_snapshot", R"({"of":"${disk}"})"}};
  for (const Kind* kind : kinds::all()) {
    CAPTURE(kind->name);
    if (kind->is_local) continue;
    const auto given = least.find(std::string(kind->name));
    const Lowered made = lowered("it", kind->name, given == least.end() ? "{}" : given->second);
    CHECK(made.faults.empty());
    CHECK(made.outputs.contains(""));
    // No list tells the addresses that instances have in private networks.
    for (const Attribute& attribute : kind->schema)
      if (attribute.is_output && attribute.name != "private_address")
        CHECK(made.outputs.contains(attribute.name));
    for (const auto& [name, value] : made.outputs)
      for (const Reference& reference : references(value)) {
        CAPTURE(name, reference.target);
        const auto target = std::ranges::find(made.objects, reference.target, &Object::address);
        REQUIRE(target != made.objects.end());
        CHECK(find(target->type->schema, reference.attribute) != nullptr);
      }
  }
}

TEST_CASE("exoscale lowering: where attributes come from") {
  const Lowered group = lowered("sg", "security_group", R"({"egress":[{"port":1,"to":"${sg}"}]})");
  CHECK(group.objects[1].origins->find("security-group")->second == "egress[0].to");
  CHECK(group.objects[1].origins->find("start-port")->second == "egress[0].port");
  const Lowered db = lowered("db", "instance", R"({"image":"x","size":"small"})");
  CHECK(db.objects[0].origins->find("template")->second == "image");
  CHECK(db.objects[1].origins->find("name")->second == "image");
}

TEST_CASE("exoscale lowering: what Exoscale cannot do is told by path") {
  struct Row {
    std::string kind;
    std::string attributes;
    std::string native;
    Texts faults;
  };
  const std::string machine = R"("image":"x","size":"small")";
  const std::vector<Row> rows = {
      {"security_group",
       R"({"ingress":[{"port":80,"ports":"1-2","from":"::/0"}]})",
       "null",
       {"ingress[0].ports: 'port' and 'ports' exclude each other"}},
      {"security_group",
       R"({"ingress":[{"ports":"80","from":"::/0"},{"ports":"9-8","from":"::/0"},{"ports":"1-x","from":"::/0"},{"ports":"1-65536","from":"::/0"}]})",
       "null",
       {"ingress[0].ports: 'ports' must be a range, not '80'",
        "ingress[1].ports: 'ports' must be a range, not '9-8'",
        "ingress[2].ports: 'ports' must be a range, not '1-x'",
        "ingress[3].ports: 'ports' must be a range, not '1-65536'"}},
      {"security_group",
       R"({"egress":[{"protocol":"gre","port":1,"to":"::/0"}]})",
       "null",
       {"egress[0].port: protocol gre has no ports"}},
      {"security_group",
       R"({"ingress":[{"port":80,"from":"::/0"},{"port":80,"from":"::/0","description":"again"}]})",
       "null",
       {"ingress[1]: this rule is there twice"}},
      {"security_group", "{}", R"({"nmae":"x"})", {"exoscale.nmae: unknown attribute 'nmae'"}},
      {"instance",
       "{" + machine + R"(,"disk":5})",
       "null",
       {"disk: 'disk' must be from 10 to 51200 GiB on Exoscale"}},
      {"instance",
       "{" + machine + R"(,"user_data":""})",
       "null",
       {"user_data: 'user_data' must not be empty"}},
      {"instance",
       "{" + machine + R"(,"user_data":")" + std::string(24574, 'x') + R"("})",
       "null",
       {"user_data: 'user_data' has 24574 bytes; Exoscale takes at most 24573"}},
      {"instance",
       "{" + machine + "}",
       R"({"instance-prefix":"x"})",
       {"exoscale.instance-prefix: unknown attribute 'instance-prefix'"}},
      {"instance", "{" + machine + "}", "7", {"exoscale: this must be a map, not an integer"}},
      {"instance_pool",
       R"({"count":1,)" + machine + "}",
       R"({"instance-prefix":"a-name-of-23-characters"})",
       {"exoscale.instance-prefix: 'instance-prefix' must have 1 to 22 characters"}},
      {"instance_pool",
       R"({"count":1,)" + machine + "}",
       R"({"instance-prefix":""})",
       {"exoscale.instance-prefix: 'instance-prefix' must have 1 to 22 characters"}},
      {"instance_pool",
       R"({"count":1,)" + machine + "}",
       R"({"instance-prefix":"a-name-of22-characters"})",
       {}},
      {"load_balancer",
       R"({"listeners":[{"port":80,"targets":"${web}","strategy":"least_connections"}]})",
       "null",
       {"listeners[0].strategy: Exoscale cannot balance by least_connections"}},
      {"load_balancer",
       R"({"listeners":[{"port":80,"protocol":"http","redirect":"https"},{"port":81,"protocol":"http","targets":"${web}","rules":[{"path":"/a","respond":404}]}]})",
       "null",
       {"listeners[0].redirect: load balancers of Exoscale have no 'redirect': they pass on what "
        "clients send",
        "listeners[0]: a listener needs 'targets' on Exoscale",
        "listeners[1].rules: load balancers of Exoscale have no 'rules': they pass on what clients "
        "send"}},
      {"load_balancer",
       R"({"listeners":[{"port":80,"targets":"${web}","health":{"path":"/","interval":"4s","timeout":"1s","retries":21}}]})",
       "null",
       {"listeners[0].health.path: a tcp check has no path",
        "listeners[0].health.interval: 'interval' must be from 5 to 300 s on Exoscale",
        "listeners[0].health.timeout: 'timeout' must be from 2 to 60 s on Exoscale",
        "listeners[0].health.retries: 'retries' must be from 1 to 20 on Exoscale"}},
      {"load_balancer",
       R"({"listeners":[{"port":80,"targets":"${web}","health":{"timeout":"20s"}},{"port":80,"targets":"${web}"}]})",
       "null",
       {"listeners[0].health.timeout: 'timeout' must not exceed 'interval'",
        "listeners[1]: two listeners on the same port"}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.attributes.substr(0, 200), row.native);
    CHECK(faults(lowered("it", row.kind, row.attributes, row.native)) == row.faults);
  }
}
