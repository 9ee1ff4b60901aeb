#include "stackctl/crypto.h"
#include "unit/exoscale/support.h"

using namespace stackctl;
using namespace exoscale_test;

namespace {

/// "id condition stack/address spec {attributes}"
std::string told(const LiveObject& object) {
  constexpr const char* conditions[] = {"ready", "pending", "failed", "leaving"};
  std::string text = object.id + ' ' + conditions[static_cast<int>(object.condition)] + ' ';
  text += object.mark ? object.mark->stack + ' ' + object.mark->address + ' ' + object.mark->spec
                      : std::string("not ours");
  return text + ' ' + written(object.attributes);
}

std::vector<std::string> decoded(const exoscale::Type& type, std::string_view listed) {
  Diagnostics faults;
  std::vector<std::string> out;
  for (const LiveObject& object : type.decode(type.resource, parsed(listed), faults)) {
    CHECK(object.type == &type.resource);
    out.push_back(told(object));
  }
  CHECK(faults.empty());
  return out;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("exoscale decode: security groups and their rules share a listing") {
  const std::string listed = R"({"security-groups":[
    {"id":"g1","name":"wp-web","description":"front ends [stackctl wp web-sg]"},
    {"id":"g2","name":"wp-db","description":"[stackctl wp db-sg]","rules":[
      {"id":"r1","flow-direction":"ingress","protocol":"tcp","start-port":3306,"end-port":3306,
       "security-group":{"id":"g1","name":"wp-web"}},
      {"id":"r2","flow-direction":"ingress","protocol":"tcp","start-port":1,"end-port":9,
       "network":"10.0.0.0/8","description":"inside"},
      {"id":"r3","flow-direction":"egress","protocol":"icmp","icmp":{"type":-1,"code":-1},
       "security-group":{"id":"g2","name":"wp-db"}}]},
    {"id":"g3","name":"default","rules":[{"id":"r4","flow-direction":"ingress","protocol":"all",
      "security-group":{"id":"g9","name":"public-nlb-healthcheck-sources"}}]}]})";
  CHECK(decoded(exoscale::security_group, listed) ==
        Texts{R"(g1 ready wp web-sg  {"description":"front ends","id":"g1","name":"wp-web"})",
              R"(g2 ready wp db-sg  {"description":"","id":"g2","name":"wp-db"})",
              R"(g3 ready not ours {"description":"","id":"g3","name":"default"})"});
  CHECK(
      decoded(exoscale::security_group_rule, listed) ==
      Texts{
          R"(g2/r1 ready wp db-sg/ingress-tcp-3306-web-sg  {"description":"","end-port":3306,"flow-direction":"ingress","group":"g2","id":"g2/r1","protocol":"tcp","security-group":"g1","start-port":3306})",
          R"(g2/r2 ready wp db-sg/ingress-tcp-1-9-10.0.0.0-8  {"description":"inside","end-port":9,"flow-direction":"ingress","group":"g2","id":"g2/r2","network":"10.0.0.0/8","protocol":"tcp","start-port":1})",
          R"(g2/r3 ready wp db-sg/egress-icmp-db-sg  {"description":"","flow-direction":"egress","group":"g2","icmp":{"code":-1,"type":-1},"id":"g2/r3","protocol":"icmp","security-group":"g2"})",
          R"(g3/r4 ready not ours {"description":"","flow-direction":"ingress","group":"g3","id":"g3/r4","protocol":"all","security-group":"g9"})"});
}

TEST_CASE("exoscale decode: what is no mark stays the user's text") {
  for (const std::string text : {"[stackctl wp]", "[stackctl wp a b]", "[stackctl  a]",
                                 "[stackctl wp a] later", "stackctl wp a]", ""}) {
    CAPTURE(text);
    const Value listed =
        Map{{"anti-affinity-groups", List{Map{{"id", "a"}, {"description", text}}}}};
    const LiveObject group = live(exoscale::anti_affinity_group, written(listed));
    CHECK(!group.mark);
    CHECK(group.attributes.text_at("description") == text);
  }
}

TEST_CASE("exoscale decode: SSH keys are marked by their name") {
  const std::string listed = R"({"ssh-keys":[
    {"name":"stackctl.wp.admin","fingerprint":"d4:1d:8c:d9:8f:00:b2:04:e9:80:09:98:ec:f8:42:7e"},
    {"name":"stackctl.wp","fingerprint":"SHA256:abc"},{"name":"mine"}]})";
  CHECK(
      decoded(exoscale::ssh_key, listed) ==
      Texts{
          R"(stackctl.wp.admin ready wp admin  {"fingerprint":"d4:1d:8c:d9:8f:00:b2:04:e9:80:09:98:ec:f8:42:7e","id":"stackctl.wp.admin","name":"stackctl.wp.admin","public-key":"d4:1d:8c:d9:8f:00:b2:04:e9:80:09:98:ec:f8:42:7e"})",
          R"(stackctl.wp ready not ours {"fingerprint":"SHA256:abc","id":"stackctl.wp","name":"stackctl.wp"})",
          R"(mine ready not ours {"id":"mine","name":"mine"})"});
}

TEST_CASE("exoscale decode: a key is the same as its fingerprint") {
  const Attribute& attribute = *find(exoscale::ssh_key.resource.schema, "public-key");
  const std::string blob = "some bytes of a key";
  std::string digits = crypto::hex(crypto::md5(blob));
  for (std::size_t at = 30; at > 0; at -= 2) digits.insert(at, ":");
  CHECK(digits.size() == 47);
  CHECK(same(attribute, "ssh-ed25519 " + crypto::base64(blob) + " me@home\n", digits));
  CHECK(!same(attribute, "ssh-ed25519 " + crypto::base64(blob + "!") + " me@home", digits));
}

TEST_CASE("exoscale decode: instances, but not the members of pools") {
  const std::string listed = R"({"instances":[
    {"id":"i1","name":"wp-db","state":"running","created-at":"2026-01-01T00:00:00Z",
     "instance-type":{"id":"t1","family":"standard","size":"small"},"template":{"id":"m1","name":"Ubuntu"},
     "security-groups":[{"id":"g2","name":"wp-db"}],"ssh-keys":[{"name":"k"}],"ssh-key":{"name":"k"},
     "public-ip":"192.0.2.1","public-ip-assignment":"inet4",
     "labels":{"team":"a","stackctl:stack":"wp","stackctl:address":"db","stackctl:spec":"1.x"}},
    {"id":"i2","name":"pool-x","state":"running","manager":{"id":"p1","type":"instance-pool"}},
    {"id":"i3","name":"other","state":"stopped"},
    {"id":"i4","name":"odd","state":"destroying","labels":{"stackctl:stack":"wp"}}]})";
  CHECK(
      decoded(exoscale::instance, listed) ==
      Texts{
          R"(i1 ready wp db 1.x {"id":"i1","instance-type":"t1","labels":{"team":"a"},"name":"wp-db","private-networks":[],"public-ip":"192.0.2.1","public-ip-assignment":"inet4","running":true,"security-groups":["g2"],"ssh-keys":["k"],"state":"running","template":"m1"})",
          R"(i3 ready not ours {"id":"i3","labels":{},"name":"other","private-networks":[],"public-ip-assignment":"inet4","running":false,"security-groups":[],"ssh-keys":[],"state":"stopped"})",
          R"(i4 leaving not ours {"id":"i4","labels":{},"name":"odd","private-networks":[],"public-ip-assignment":"inet4","running":true,"security-groups":[],"ssh-keys":[],"state":"destroying"})"});
}

TEST_CASE("exoscale decode: instance pools, with user data that is kept secret") {
  const std::string listed =
      R"({"instance-pools":[{"id":"p1","name":"wp-web","size":2,"state":"scaling-up","instance-prefix":"front-g0a1b2c",
    "disk-size":10,"instance-type":{"id":"t1"},"template":{"id":"m1"},"user-data":")" +
      crypto::base64("#!/bin/sh\n") + R"(",
    "security-groups":[{"id":"g1"}],"labels":{"stackctl:stack":"wp","stackctl:address":"web"}}]})";
  CHECK(
      decoded(exoscale::instance_pool, listed) ==
      Texts{
          R"(p1 pending wp web  {"addresses":[],"anti-affinity-groups":[],"description":"","disk-size":10,"elastic-ips":[],"id":"p1","instance-prefix":"front","instance-type":"t1","labels":{},"members":[],"min-available":0,"name":"wp-web","private-networks":[],"public-ip-assignment":"inet4","security-groups":["g1"],"size":2,"ssh-keys":[],"stale-members":0,"state":"scaling-up","template":"m1","user-data":"#!/bin/sh\n"})"});
  const LiveObject pool = live(exoscale::instance_pool, listed);
  const Attribute& user_data = *find(exoscale::instance_pool.resource.schema, "user-data");
  CHECK(pool.attributes["user-data"].secret() != nullptr);
  CHECK(same(user_data, "#!/bin/sh\n", pool.attributes["user-data"]));
  CHECK(same(user_data, Secret{"#!/bin/sh\n"}, pool.attributes["user-data"]));
  CHECK(!same(user_data, "#!/bin/bash\n", pool.attributes["user-data"]));
}

TEST_CASE("exoscale decode: load balancers and their services share a listing") {
  const std::string listed = R"({"load-balancers":[
    {"id":"l1","name":"wp-lb","state":"running","ip":"192.0.2.9","description":"WordPress",
     "labels":{"stackctl:stack":"wp","stackctl:address":"lb","stackctl:spec":"1.y"},
     "services":[{"id":"s1","name":"tcp-80","state":"updating","description":"stackctl:1.z",
       "instance-pool":{"id":"p1"},"protocol":"tcp","strategy":"round-robin","port":80,"target-port":80,
       "healthcheck":{"mode":"http","port":80,"interval":10,"timeout":2,"retries":1,"uri":"/","tls-sni":""},
       "healthcheck-status":[{"public-ip":"192.0.2.2","status":"success"}]}]},
    {"id":"l2","name":"other","state":"error","services":[{"id":"s2","name":"x"}]}]})";
  CHECK(
      decoded(exoscale::load_balancer, listed) ==
      Texts{
          R"(l1 ready wp lb 1.y {"description":"WordPress","id":"l1","ip":"192.0.2.9","labels":{},"name":"wp-lb","state":"running"})",
          R"(l2 failed not ours {"description":"","id":"l2","labels":{},"name":"other","state":"error"})"});
  CHECK(
      decoded(exoscale::nlb_service, listed) ==
      Texts{
          R"(l1/s1 pending wp lb/tcp-80 1.z {"healthcheck":{"interval":10,"mode":"http","port":80,"retries":1,"timeout":2,"uri":"/"},"id":"l1/s1","instance-pool":"p1","load-balancer":"l1","name":"tcp-80","port":80,"protocol":"tcp","state":"updating","strategy":"round-robin","target-port":80})",
          R"(l2/s2 ready not ours {"id":"l2/s2","load-balancer":"l2","name":"x"})"});
}

TEST_CASE("exoscale decode: what is looked up") {
  CHECK(
      decoded(exoscale::image_template,
              R"({"templates":[{"id":"m1","name":"Linux Ubuntu 24.04 LTS 64-bit","family":"ubuntu",
                    "visibility":"public","created-at":"2026-07-07T09:00:00Z"},
                    {"id":"m2","name":"wp-web","visibility":"private",
                     "description":"front ends [stackctl wp web 1.z]"},
                    {"id":"m3","name":"mine","description":"[stackctl wp web z]"}]})") ==
      Texts{
          R"(m1 ready not ours {"created-at":"2026-07-07T09:00:00Z","description":"","family":"ubuntu","id":"m1","name":"Linux Ubuntu 24.04 LTS 64-bit","visibility":"public"})",
          R"(m2 ready wp web 1.z {"description":"front ends","id":"m2","name":"wp-web","visibility":"private"})",
          R"(m3 ready not ours {"description":"[stackctl wp web z]","id":"m3","name":"mine"})"});
  CHECK(
      decoded(exoscale::instance_type,
              R"({"instance-types":[{"id":"t1","family":"standard","size":"small","cpus":2}]})") ==
      Texts{
          R"(t1 ready not ours {"cpus":2,"family":"standard","id":"t1","name":"standard.small","size":"small"})"});
}

TEST_CASE("exoscale decode: builders and the snapshots of their disks") {
  const std::string builders = R"("instances":[
    {"id":"i1","name":"wp-image-builder","state":"running","template":{"id":"m1"},
     "labels":{"stackctl:stack":"wp","stackctl:address":"image/builder","stackctl:spec":"1.x"}},
    {"id":"i2","name":"done","state":"stopped",
     "labels":{"stackctl:stack":"wp","stackctl:address":"other/builder"}},
    {"id":"i3","name":"wp-web","state":"running",
     "labels":{"stackctl:stack":"wp","stackctl:address":"web"}},
    {"id":"i4","name":"not ours","state":"stopped"}])";
  CHECK(
      decoded(exoscale::builder, "{" + builders + "}") ==
      Texts{
          R"(i1 pending wp image/builder 1.x {"id":"i1","labels":{},"name":"wp-image-builder","security-groups":[],"ssh-keys":[],"state":"running","template":"m1"})",
          R"(i2 ready wp other/builder  {"id":"i2","labels":{},"name":"done","security-groups":[],"ssh-keys":[],"state":"stopped"})"});
  CHECK(live(exoscale::builder,
             R"({"instances":[{"id":"i1","state":"running","labels":{"stackctl:stack":"wp",)"
             R"("stackctl:address":"it/builder"}}]})")
            .state == "running (it powers itself off when it is done)");
  CHECK(decoded(exoscale::instance, "{" + builders + "}").size() == 2);
  CHECK(
      decoded(exoscale::snapshot, "{" + builders + R"(,"snapshots":[
    {"id":"s1","state":"snapshotting","instance":{"id":"i1"}},
    {"id":"s2","state":"exported","instance":{"id":"i2"}},
    {"id":"s3","state":"exported","instance":{"id":"i3"}},
    {"id":"s4","state":"exported","instance":{"id":"i4"}},{"id":"s5"},
    {"id":"s6","state":"error","instance":{"id":"i2"}}]})") ==
      Texts{
          R"(s1 pending wp image/builder/snapshot  {"id":"s1","instance":"i1","state":"snapshotting"})",
          R"(s2 ready wp other/builder/snapshot  {"id":"s2","instance":"i2","state":"exported"})",
          R"(s6 failed wp other/builder/snapshot  {"id":"s6","instance":"i2","state":"error"})"});
}

TEST_CASE("exoscale decode: malformed items are left out and told") {
  Diagnostics faults;
  const auto objects = exoscale::instance.decode(
      exoscale::instance.resource, parsed(R"({"instances":[{"name":"no id"},{"id":"i1"},7]})"),
      faults);
  CHECK(objects.size() == 1);
  REQUIRE(faults.size() == 2);
  CHECK(faults[0].summary == "an item in the list of exoscale.instance has no id");
  CHECK(faults[0].severity == Severity::error);  // it could be one of ours
}
