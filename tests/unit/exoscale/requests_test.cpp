// The calls that create, change and remove an object of each type, word for word.
#include <algorithm>

#include "stackctl/crypto.h"
#include "unit/exoscale/support.h"

using namespace stackctl;
using namespace exoscale_test;

namespace {

using Texts = std::vector<std::string>;
Texts updated(const exoscale::Type& type, std::string_view desired, Texts changed,
              const LiveObject& object) {
  return written(type.update(api, work_on(type, desired, std::move(changed)), object));
}

LiveObject with_id(const std::string& id) {
  LiveObject object;
  object.id = id;
  object.attributes = Map{{"id", id}};
  return object;
}

/// The digest in a pool's name prefix is another test's concern.
std::string without_digest(std::string call) {
  constexpr std::size_t digits = 6;
  const std::size_t at = call.find("pool-g");
  return at == std::string::npos ? call : call.replace(at + 6, digits, "*");
}

const std::string kMarkLabels =
    R"("stackctl:address":"web","stackctl:spec":"1.spec","stackctl:stack":"wp")";

}  // namespace

TEST_CASE("exoscale requests: creating") {
  const std::string script = crypto::base64("#!/bin/sh\n");
  struct Row {
    const exoscale::Type* type;
    std::string desired;
    std::string call;
  };
  const std::vector<Row> rows = {
      {&exoscale::security_group, R"({"name":"wp-web","description":"front ends"})",
       R"(POST /security-group {"description":"front ends [stackctl wp web]","name":"wp-web"})"},
      {&exoscale::security_group, R"({"name":"wp-web","description":""})",
       R"(POST /security-group {"description":"[stackctl wp web]","name":"wp-web"})"},
      {&exoscale::security_group_rule,
       R"({"group":"g2","flow-direction":"ingress","protocol":"tcp","start-port":3306,"end-port":3306,"security-group":"g1"})",
       R"(POST /security-group/g2/rules {"end-port":3306,"flow-direction":"ingress","protocol":"tcp","security-group":{"id":"g1"},"start-port":3306})"},
      {&exoscale::security_group_rule,
       R"({"group":"g2","flow-direction":"egress","protocol":"icmp","icmp":{"type":-1,"code":-1},"network":"::/0"})",
       R"(POST /security-group/g2/rules {"flow-direction":"egress","icmp":{"code":-1,"type":-1},"network":"::/0","protocol":"icmp"})"},
      {&exoscale::ssh_key, R"({"name":"stackctl.wp.web","public-key":"ssh-ed25519 AAAA me"})",
       R"(POST /ssh-key {"name":"stackctl.wp.web","public-key":"ssh-ed25519 AAAA me"})"},
      {&exoscale::anti_affinity_group, R"({"name":"wp-apart"})",
       R"(POST /anti-affinity-group {"description":"[stackctl wp web]","name":"wp-apart"})"},
      {&exoscale::instance,
       R"({"name":"wp-web","template":"m1","instance-type":"t1","disk-size":10,"security-groups":["g1"],"ssh-keys":["k"],"anti-affinity-groups":["a1"],"user-data":"#!/bin/sh\n","public-ip-assignment":"inet4","labels":{"team":"a"}})",
       R"(POST /instance {"anti-affinity-groups":[{"id":"a1"}],"disk-size":10,"instance-type":{"id":"t1"},"labels":{)" +
           kMarkLabels +
           R"(,"team":"a"},"name":"wp-web","public-ip-assignment":"inet4","security-groups":[{"id":"g1"}],"ssh-keys":[{"name":"k"}],"template":{"id":"m1"},"user-data":")" +
           script + R"("})"},
      {&exoscale::instance,
       R"({"name":"wp-web","template":"m1","instance-type":"t1","disk-size":10,"running":false})",
       R"(POST /instance {"auto-start":false,"disk-size":10,"instance-type":{"id":"t1"},"labels":{)" +
           kMarkLabels + R"(},"name":"wp-web","template":{"id":"m1"}})"},
      {&exoscale::instance_pool,
       R"({"name":"wp-web","size":2,"template":"m1","instance-type":"t1","disk-size":10,"security-groups":["g1"],"deploy-target":"d1","stale-members":0,"update-strategy":"rolling","update-batch":1,"update-wait":"health"})",
       R"(POST /instance-pool {"deploy-target":{"id":"d1"},"disk-size":10,"instance-prefix":"pool-g*","instance-type":{"id":"t1"},"labels":{)" +
           kMarkLabels +
           R"(},"name":"wp-web","security-groups":[{"id":"g1"}],"size":2,"template":{"id":"m1"}})"},
      {&exoscale::instance_pool, R"({"name":"wp-web","size":0})",
       R"(POST /instance-pool {"instance-prefix":"pool-g*","labels":{)" + kMarkLabels +
           R"(},"name":"wp-web","size":1})"},
      {&exoscale::builder,
       R"({"name":"wp-image-builder","template":"m1","instance-type":"t1","disk-size":10,"user-data":"#!/bin/sh\n"})",
       R"(POST /instance {"disk-size":10,"instance-type":{"id":"t1"},"labels":{)" + kMarkLabels +
           R"(},"name":"wp-image-builder","template":{"id":"m1"},"user-data":")" + script +
           R"("})"},
      {&exoscale::snapshot, R"({"instance":"i1"})", "POST /instance/i1:create-snapshot"},
      {&exoscale::image_template,
       R"({"name":"wp-image","description":"web","snapshot":"s1","inputs":{"a":"b"},"default-user":"ubuntu","password-enabled":true})",
       R"(POST /snapshot/s1:promote {"default-user":"ubuntu","description":"web [stackctl wp web 1.spec]","name":"wp-image","password-enabled":true})"},
      {&exoscale::image_template,
       R"({"name":"wp-image","url":"https://a.test/i.qcow2","checksum":"0f","boot-mode":"uefi"})",
       R"(POST /template {"boot-mode":"uefi","checksum":"0f","description":"[stackctl wp web 1.spec]","name":"wp-image","password-enabled":false,"ssh-key-enabled":true,"url":"https://a.test/i.qcow2"})"},
      {&exoscale::image_template,
       R"({"name":"wp-image","url":"https://a.test/i.qcow2","checksum":"0f","ssh-key-enabled":false,"password-enabled":true})",
       R"(POST /template {"checksum":"0f","description":"[stackctl wp web 1.spec]","name":"wp-image","password-enabled":true,"ssh-key-enabled":false,"url":"https://a.test/i.qcow2"})"},
      {&exoscale::load_balancer, R"({"name":"wp-lb","description":"WordPress"})",
       R"(POST /load-balancer {"description":"WordPress","labels":{)" + kMarkLabels +
           R"(},"name":"wp-lb"})"},
      {&exoscale::nlb_service,
       R"({"load-balancer":"l1","name":"tcp-80","instance-pool":"p1","protocol":"tcp","strategy":"round-robin","port":80,"target-port":80,"healthcheck":{"mode":"http","port":80,"interval":10,"timeout":2,"retries":1,"uri":"/"}})",
       R"(POST /load-balancer/l1/service {"description":"stackctl:1.spec","healthcheck":{"interval":10,"mode":"http","port":80,"retries":1,"timeout":2,"uri":"/"},"instance-pool":{"id":"p1"},"name":"tcp-80","port":80,"protocol":"tcp","strategy":"round-robin","target-port":80})"},
  };
  for (const Row& row : rows) CHECK(without_digest(created(*row.type, row.desired)) == row.call);
}

TEST_CASE("exoscale requests: secret user data goes out in base64") {
  Value desired = parsed(R"({"name":"wp-web","size":1})");
  desired.map()->emplace("user-data", Secret{"s3cret"});
  const Call call =
      exoscale::instance_pool.create(api, work_on(exoscale::instance_pool, written(desired)));
  CHECK(call.request.body.find(crypto::base64("s3cret")) != std::string::npos);
}

TEST_CASE("exoscale requests: removing") {
  struct Row {
    const exoscale::Type* type;
    std::string id;
    std::string call;
  };
  const std::vector<Row> rows = {
      {&exoscale::security_group, "g1", "DELETE /security-group/g1"},
      {&exoscale::security_group_rule, "g1/r1", "DELETE /security-group/g1/rules/r1"},
      {&exoscale::ssh_key, "stackctl.wp.a b", "DELETE /ssh-key/stackctl.wp.a%20b"},
      {&exoscale::anti_affinity_group, "a1", "DELETE /anti-affinity-group/a1"},
      {&exoscale::instance, "i1", "DELETE /instance/i1"},
      {&exoscale::instance_pool, "p1", "DELETE /instance-pool/p1"},
      {&exoscale::builder, "i1", "DELETE /instance/i1"},
      {&exoscale::snapshot, "s1", "DELETE /snapshot/s1"},
      {&exoscale::image_template, "m1", "DELETE /template/m1"},
      {&exoscale::load_balancer, "l1", "DELETE /load-balancer/l1"},
      {&exoscale::nlb_service, "l1/s1", "DELETE /load-balancer/l1/service/s1"},
  };
  for (const Row& row : rows)
    CHECK(written(row.type->remove(api, with_id(row.id))) == Texts{row.call});
}

TEST_CASE("exoscale requests: changing an instance") {
  LiveObject running = with_id("i1");
  running.state = "running";
  running.attributes.map()->emplace("security-groups", List{"g1", "g2"});
  LiveObject stopped = running;
  stopped.state = "stopped";
  const std::string desired =
      R"({"name":"wp-web","instance-type":"t2","disk-size":20,"security-groups":["g2","g3"],"user-data":"x","labels":{"a":"b"}})";
  const std::string labels = R"({"labels":{"a":"b",)" + kMarkLabels + "}";
  struct Row {
    std::string name;
    LiveObject live;
    Texts changed;
    Texts calls;
  };
  const std::vector<Row> rows = {
      {"name", running, {"name"}, {"PUT /instance/i1 " + labels + R"(,"name":"wp-web"})"}},
      {"mark", running, {std::string(kMark)}, {"PUT /instance/i1 " + labels + "}"}},
      {"user data and labels",
       running,
       {"user-data", "labels"},
       {"PUT /instance/i1 " + labels + R"(,"user-data":"eA=="})"}},
      {"groups",
       running,
       {"security-groups"},
       {R"(PUT /security-group/g3:attach {"instance":{"id":"i1"}})",
        R"(PUT /security-group/g1:detach {"instance":{"id":"i1"}})"}},
      {"size",
       running,
       {"instance-type", std::string(kMark)},
       {"PUT /instance/i1:stop", R"(PUT /instance/i1:scale {"instance-type":{"id":"t2"}})",
        "PUT /instance/i1:start {}", "PUT /instance/i1 " + labels + "}"}},
      {"size and disk, killed after the stop",
       stopped,
       {"instance-type", "disk-size", "running"},
       {R"(PUT /instance/i1:scale {"instance-type":{"id":"t2"}})",
        R"(PUT /instance/i1:resize-disk {"disk-size":20})", "PUT /instance/i1:start {}"}},
      {"stopped by hand", stopped, {"running"}, {"PUT /instance/i1:start {}"}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    CHECK(updated(exoscale::instance, desired, row.changed, row.live) == row.calls);
  }
  CHECK(updated(exoscale::instance, R"({"running":false})", {"running"}, running) ==
        Texts{"PUT /instance/i1:stop"});
  CHECK(updated(exoscale::instance, R"({"running":false,"disk-size":20})", {"disk-size"},
                stopped) == Texts{R"(PUT /instance/i1:resize-disk {"disk-size":20})"});
}

TEST_CASE("exoscale requests: changing a pool sends all that would be cleared") {
  LiveObject pool = with_id("p1");
  pool.attributes = parsed(
      R"({"id":"p1","ssh-keys":["k"],"security-groups":["g1"],"elastic-ips":["e1"],"deploy-target":"d1","private-networks":[],"anti-affinity-groups":["a1"]})");
  const std::string desired =
      R"({"name":"wp-web","size":3,"template":"m2","security-groups":["g2"],"labels":{}})";
  const std::string prefix = R"(,"instance-prefix":"pool-g*")";
  const auto body = [&](const std::string& between, const std::string& more) {
    return R"(PUT /instance-pool/p1 {"anti-affinity-groups":[{"id":"a1"}],"deploy-target":{"id":"d1"},"elastic-ips":[{"id":"e1"}])" +
           between +
           R"(,"private-networks":[],"security-groups":[{"id":"g2"}],"ssh-keys":[{"name":"k"}])" +
           more + "}";
  };
  const std::string labels = R"(,"labels":{)" + kMarkLabels + "}";
  const std::string scale = R"(PUT /instance-pool/p1:scale {"size":3})";
  const std::string mark(kMark);
  const std::string template_body = R"(,"template":{"id":"m2"})";
  struct Row {
    Texts changed;
    Texts calls;
  };
  const std::vector<Row> rows = {
      {{"size"}, {scale}},
      {{"size", mark}, {body(labels, ""), scale}},
      {{"security-groups"}, {body(prefix, "")}},
      {{"template", mark}, {body(prefix + labels, template_body)}},
      // The size follows once the listing shows which members are old.
      {{"template", "size", mark}, {body(prefix + labels, template_body)}},
      {{"min-available"}, {body(R"(,"min-available":0)", ""), scale}},
      {{"stale-members"}, {scale}},
  };
  for (const Row& row : rows) {
    Texts calls = updated(exoscale::instance_pool, desired, row.changed, pool);
    std::ranges::transform(calls, calls.begin(), without_digest);
    CHECK(calls == row.calls);
  }
}

TEST_CASE("exoscale requests: what a pool no longer declares is reset") {
  LiveObject pool = with_id("p1");
  pool.attributes =
      parsed(R"({"id":"p1","ssh-keys":["k"],"security-groups":["g1"],"deploy-target":"d1"})");
  Texts calls =
      updated(exoscale::instance_pool, R"({"name":"n"})",
              {"user-data", "ssh-keys", "deploy-target", "description", "min-available"}, pool);
  std::ranges::transform(calls, calls.begin(), without_digest);
  CHECK(
      calls ==
      Texts{
          "DELETE /instance-pool/p1/user-data",
          R"(PUT /instance-pool/p1 {"anti-affinity-groups":[],"description":"","elastic-ips":[],"instance-prefix":"pool-g*","min-available":0,"private-networks":[],"security-groups":[{"id":"g1"}],"ssh-keys":[]})"});
}

TEST_CASE("exoscale requests: changing what images are made with") {
  CHECK(updated(exoscale::image_template, R"({"name":"n","description":"new"})",
                {"description", std::string(kMark)}, with_id("m1")) ==
        Texts{R"(PUT /template/m1 {"description":"new [stackctl wp web 1.spec]","name":"n"})"});
  CHECK(updated(exoscale::image_template, R"({"name":"n"})", {std::string(kMark)}, with_id("m1")) ==
        Texts{R"(PUT /template/m1 {"description":"[stackctl wp web 1.spec]","name":"n"})"});
  CHECK(updated(exoscale::builder, R"({"name":"n","labels":{"a":"b"}})", {std::string(kMark)},
                with_id("i1")) ==
        Texts{R"(PUT /instance/i1 {"labels":{"a":"b",)" + kMarkLabels + "}}"});
}

TEST_CASE("exoscale requests: changing a load balancer and its services") {
  CHECK(updated(exoscale::load_balancer, R"({"name":"wp-lb","labels":{"a":"b"}})", {"name"},
                with_id("l1")) == Texts{R"(PUT /load-balancer/l1 {"labels":{"a":"b",)" +
                                        kMarkLabels + R"(},"name":"wp-lb"})"});
  CHECK(updated(exoscale::load_balancer, R"({"name":"wp-lb"})", {"description", std::string(kMark)},
                with_id("l1")) ==
        Texts{R"(PUT /load-balancer/l1 {"description":"","labels":{)" + kMarkLabels + "}}"});
  const std::string service =
      R"({"load-balancer":"l1","name":"tcp-80","port":80,"healthcheck":{"mode":"tcp","port":80,"interval":10,"timeout":2,"retries":1}})";
  CHECK(
      updated(exoscale::nlb_service, service, {"healthcheck"}, with_id("l1/s1")) ==
      Texts{
          R"(PUT /load-balancer/l1/service/s1 {"description":"stackctl:1.spec","healthcheck":{"interval":10,"mode":"tcp","port":80,"retries":1,"timeout":2}})"});
  CHECK(updated(exoscale::nlb_service, service, {std::string(kMark)}, with_id("l1/s1")) ==
        Texts{R"(PUT /load-balancer/l1/service/s1 {"description":"stackctl:1.spec"})"});
}

TEST_CASE("exoscale requests: health check residue shows as a difference") {
  const Schema& schema = exoscale::nlb_service.resource.schema;
  const Value desired = parsed(R"({"healthcheck":{"mode":"tcp","port":80}})");
  CHECK(differing(schema, desired, parsed(R"({"healthcheck":{"mode":"tcp","port":80}})")).empty());
  CHECK(
      differing(schema, desired, parsed(R"({"healthcheck":{"mode":"tcp","port":80,"uri":"/"}})")) ==
      Texts{"healthcheck"});
}
