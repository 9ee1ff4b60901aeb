// Every native type lives its whole life on the simulator: created, quiet, each attribute updated,
// drift repaired, replaced, deleted by somebody else, removed.
#include <set>

#include <catch2/catch.hpp>

#include "conformance/cases.h"
#include "engine/planning.h"
#include "exoscale/provider.h"
#include "support/account.h"

using namespace stackctl;
using conformance::Case;
using conformance::to;
using support::Account;
using support::desired;
using support::want;

namespace {

std::vector<engine::DesiredObject> machine() {
  return {
      want("m/image", "exoscale.template", {{"name", "Linux Ubuntu 24.04 LTS 64-bit"}}, true),
      want("m/debian", "exoscale.template", {{"name", "Linux Debian 12 (Bookworm) 64-bit"}}, true),
      want("m/small", "exoscale.instance_type", {{"name", "standard.small"}}, true),
      want("m/medium", "exoscale.instance_type", {{"name", "standard.medium"}}, true),
      want("g", "exoscale.security_group", {{"name", "s-g"}}),
      want("h", "exoscale.security_group", {{"name", "s-h"}}),
      want("a", "exoscale.anti_affinity_group", {{"name", "s-a"}}),
      want("n", "exoscale.private_network",
           {{"name", "s-n"},
            {"start-ip", "10.0.0.10"},
            {"end-ip", "10.0.0.20"},
            {"netmask", "255.255.255.0"}}),
      want("e", "exoscale.elastic_ip", {{"name", "s-e"}}),
      want("k", "exoscale.ssh_key",
           {{"name", "stackctl.s.k"},
            {"public-key",
             "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGJ0aGVxdWlja2Jyb3duZm94anVtcHNvdmVy k"}}),
  };
}

std::vector<engine::DesiredObject> with(std::vector<engine::DesiredObject> objects,
                                        std::vector<engine::DesiredObject> more) {
  objects.insert(objects.end(), more.begin(), more.end());
  return objects;
}

const Map kInstance = {{"name", "s-x"},
                       {"template", to("m/image")},
                       {"instance-type", to("m/small")},
                       {"disk-size", 10},
                       {"security-groups", List{to("g")}},
                       {"ssh-keys", List{to("k", "name")}},
                       {"user-data", "#!/bin/sh\n"}};

const Map kPool = [] {
  Map pool = kInstance;
  pool.emplace("size", 2);
  return pool;
}();

const Map kHealth = {{"mode", "http"}, {"port", 80},   {"uri", "/"},
                     {"interval", 10}, {"timeout", 2}, {"retries", 1}};

Map changed(Map attributes, const std::string& name, const Value& value) {
  attributes.insert_or_assign(name, value);
  return attributes;
}

std::vector<Case> machine_cases() {
  return {
      {.type = "exoscale.security_group",
       .around = {},
       .address = "x",
       .attributes = {{"name", "s-x"}, {"description", "one"}},
       .updates = {},
       .fixed = {},
       .one_way = {},
       .replacement = {{"description", "two"}},
       .drift = {},
       .drifted = "",
       .removal = {"DELETE", "/security-group/{id}", ""}},
      {.type = "exoscale.security_group_rule",
       .around = {want("x", "exoscale.security_group", {{"name", "s-x"}})},
       .address = "x/ingress-tcp-80-0.0.0.0-0",
       .attributes = {{"group", to("x")},
                      {"flow-direction", "ingress"},
                      {"protocol", "tcp"},
                      {"network", "0.0.0.0/0"},
                      {"start-port", 80},
                      {"end-port", 80}},
       .updates = {},
       .fixed = {},
       .one_way = {},
       .replacement = {{"description", "web"}},
       .drift = {},
       .drifted = "",
       .removal = {"DELETE", "/security-group/{parent}/rules/{part}", ""}},
      {.type = "exoscale.ssh_key",
       .around = {},
       .address = "x",
       .attributes =
           {{"name", "stackctl.s.x"},
            {"public-key",
             "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGJ0aGVxdWlja2Jyb3duZm94anVtcHNvdmVy x"}},
       .updates = {},
       .fixed = {},
       .one_way = {},
       .replacement =
           {{"public-key",
             "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHNwaGlueG9mYmxhY2txdWFydHpqdWRnZW15 x"}},
       .drift = {},
       .drifted = "",
       .removal = {"DELETE", "/ssh-key/{id}", ""}},
      {.type = "exoscale.anti_affinity_group",
       .around = {},
       .address = "x",
       .attributes = {{"name", "s-x"}, {"description", "one"}},
       .updates = {},
       .fixed = {},
       .one_way = {},
       .replacement = {{"description", "two"}},
       .drift = {},
       .drifted = "",
       .removal = {"DELETE", "/anti-affinity-group/{id}", ""}},
      {.type = "exoscale.instance",
       .around = machine(),
       .address = "x",
       .attributes = kInstance,
       .updates = {{"name", "s-other"},
                   {"instance-type", to("m/medium")},
                   {"disk-size", 20},
                   {"security-groups", List{to("h")}},
                   {"user-data", "#!/bin/sh\ntrue\n"},
                   {"running", false},
                   {"elastic-ips", List{to("e")}},
                   {"private-networks", List{Map{{"network", to("n")}, {"ip", "10.0.0.15"}}}},
                   {"reverse-dns", "db.example.org"},
                   {"labels", Map{{"tier", "db"}}}},
       .fixed = {},
       .one_way = {"disk-size"},
       .replacement = {{"template", to("m/debian")}},
       .drift = {"PUT", "/instance/{id}", R"({"name":"renamed"})"},
       .drifted = "name",
       .removal = {"DELETE", "/instance/{id}", ""}},
      {.type = "exoscale.instance_pool",
       .around = machine(),
       .address = "x",
       .attributes = kPool,
       .updates = {{"name", "s-other"},
                   {"description", "servers"},
                   {"size", 3},
                   {"instance-type", to("m/medium")},
                   {"template", to("m/debian")},
                   {"disk-size", 20},
                   {"min-available", 1},
                   {"instance-prefix", "web"},
                   {"ssh-keys", List{}},
                   {"security-groups", List{to("g"), to("h")}},
                   {"anti-affinity-groups", List{to("a")}},
                   {"private-networks", List{to("n")}},
                   {"elastic-ips", List{to("e")}},
                   {"user-data", "#!/bin/sh\ntrue\n"},
                   {"labels", Map{{"tier", "web"}}}},
       // How members are replaced has a test of its own.
       .fixed = {"deploy-target", "stale-members"},
       .one_way = {},
       .replacement = {{"public-ip-assignment", "dual"}},
       .drift = {"PUT", "/instance-pool/{id}:scale", R"({"size":1})"},
       .drifted = "size",
       .removal = {"DELETE", "/instance-pool/{id}", ""}},
      {.type = "exoscale.load_balancer",
       .around = {},
       .address = "x",
       .attributes = {{"name", "s-x"}},
       .updates = {{"name", "s-other"}, {"description", "front"}, {"labels", Map{{"a", "b"}}}},
       .fixed = {},
       .one_way = {},
       .replacement = {},
       .drift = {"PUT", "/load-balancer/{id}", R"({"name":"renamed"})"},
       .drifted = "name",
       .removal = {"DELETE", "/load-balancer/{id}", ""}},
      {.type = "exoscale.nlb_service",
       .around =
           with(machine(), {want("p", "exoscale.instance_pool", kPool),
                            want("q", "exoscale.instance_pool", changed(kPool, "name", "s-q")),
                            want("x", "exoscale.load_balancer", {{"name", "s-lb"}})}),
       .address = "x/http-80",
       .attributes = {{"load-balancer", to("x")},
                      {"name", "http-80"},
                      {"instance-pool", to("p")},
                      {"protocol", "tcp"},
                      {"strategy", "round-robin"},
                      {"port", 80},
                      {"target-port", 80},
                      {"healthcheck", kHealth}},
       .updates =
           {{"protocol", "udp"},
            {"strategy", "source-hash"},
            {"port", 81},
            {"target-port", 8080},
            {"healthcheck",
             Map{{"mode", "tcp"}, {"port", 80}, {"interval", 20}, {"timeout", 3}, {"retries", 2}}}},
       .fixed = {},
       .one_way = {},
       .replacement = {{"instance-pool", to("q")}},
       .drift = {"PUT", "/load-balancer/{parent}/service/{part}", R"({"strategy":"maglev-hash"})"},
       .drifted = "strategy",
       .removal = {"DELETE", "/load-balancer/{parent}/service/{part}", ""}},
  };
}

std::vector<Case> cases() {
  std::vector<Case> all = machine_cases();
  for (const std::vector<Case>& more :
       {conformance::image_cases(), conformance::attached_cases(), conformance::service_cases()})
    all.insert(all.end(), more.begin(), more.end());
  return all;
}

engine::Desired stack_of(const Case& test, const Map& attributes) {
  return desired(with(test.around, {want(test.address, test.type, attributes)}));
}

std::string fill(std::string text, const std::string& id) {
  const auto put = [&](std::string_view name, const std::string& value) {
    if (const auto at = text.find(name); at != std::string::npos)
      text.replace(at, name.size(), value);
  };
  const auto slash = id.find('/');
  put("{id}", id);
  put("{parent}", id.substr(0, slash));
  if (slash != std::string::npos) put("{part}", id.substr(slash + 1));
  return text;
}

void check_quiet(Account& account, const engine::Desired& wanted) {
  CHECK(support::brief(account.plan(wanted)) == "");
}

void check_updates(Account& account, const Case& test) {
  if (test.updates.empty()) return;
  const std::string id = account.find(stack_of(test, test.attributes), test.address).id;
  Map attributes = test.attributes;
  for (const auto& [name, value] : test.updates) {
    INFO("update of " << name);
    attributes.insert_or_assign(name, value);
    const engine::Desired wanted = stack_of(test, attributes);
    CHECK(support::brief(account.plan(wanted)) == "update " + test.address + ": " + name + "\n");
    account.apply(wanted);
    check_quiet(account, wanted);
    CHECK(account.find(wanted, test.address).id == id);
  }
}

/// An attribute that is no longer in the file goes back to what the cloud does by itself.
void check_omissions(Account& account, const Case& test) {
  const ResourceType& type = *want("x", test.type, {}).object.type;
  for (const auto& [name, value] : test.attributes) {
    const Attribute& attribute = *find(type.schema, name);
    const bool is_given = !(value == attribute.standard);
    const bool is_free = !attribute.is_required && !attribute.is_uncompared &&
                         std::ranges::find(type.key, name) == type.key.end() &&
                         std::ranges::find(test.lasting, name) == test.lasting.end();
    if (!is_given || !is_free) continue;
    INFO("without " << name);
    Map attributes = test.attributes;
    attributes.erase(name);
    const engine::Desired wanted = stack_of(test, attributes);
    const engine::Plan plan = account.plan(wanted);
    CHECK(support::brief(plan).find(name) != std::string::npos);
    account.apply(wanted);
    check_quiet(account, wanted);
    account.apply(stack_of(test, test.attributes));
  }
}

void check_drift(Account& account, const Case& test, const engine::Desired& wanted) {
  if (test.drifted.empty()) return;
  const std::string id = account.find(wanted, test.address).id;
  account.by_hand(test.drift.method, fill(test.drift.path, id), test.drift.body);
  const engine::Plan plan = account.plan(wanted);
  CHECK(support::brief(plan) == "update " + test.address + ": " + test.drifted + "\n");
  REQUIRE(plan.steps.size() == 1);
  // Without a memory in the mark nobody knows who changed it.
  const bool has_spec = !account.find(wanted, test.address).mark->spec.empty();
  CHECK(plan.steps[0].changes.at(0).cause ==
        (has_spec ? engine::Cause::drift : engine::Cause::unknown));
  account.apply(wanted);
  check_quiet(account, wanted);
}

void check_removal(Account& account, const Case& test, const engine::Desired& wanted) {
  if (test.removal.method.empty()) return;
  account.by_hand(test.removal.method,
                  fill(test.removal.path, account.find(wanted, test.address).id));
  CHECK(support::brief(account.plan(wanted)) == "create " + test.address + "\n");
  account.apply(wanted);
}

void check_replacement(Account& account, const Case& test) {
  for (const auto& [name, value] : test.replacement) {
    INFO("replacement by " << name);
    const engine::Desired wanted = stack_of(test, changed(test.attributes, name, value));
    const std::string before = account.find(wanted, test.address).id;
    account.apply(wanted);
    check_quiet(account, wanted);
    const std::string now = account.find(wanted, test.address).id;
    if (test.type != "exoscale.ssh_key") CHECK(now != before);  // its id is its name
  }
}

/// Where the mark can be rewritten, another name in the stack file makes nothing anew.
void check_rename(Account& account, const Case& test) {
  const engine::Desired before = stack_of(test, test.attributes);
  const ResourceType& type = *before.find(test.address)->object.type;
  const bool is_main = test.address.find('/') == std::string::npos;
  if (!is_main || !engine::keeps_spec(type) || !type.parent.empty()) return;
  const std::string id = account.find(before, test.address).id;
  Case renamed = test;
  renamed.address = "renamed";
  const Attribute* const name = find(type.schema, "name");
  if (name != nullptr && name->is_name) renamed.attributes.insert_or_assign("name", "s-renamed");
  const engine::Desired wanted = stack_of(renamed, renamed.attributes);
  const engine::Plan plan = account.plan(wanted);
  REQUIRE(plan.steps.size() == 1);
  CHECK(plan.steps[0].action == Action::update);
  CHECK(plan.steps[0].reasons == std::vector<std::string>{"renamed from 'x'"});
  account.apply(wanted);
  check_quiet(account, wanted);
  CHECK(account.find(wanted, "renamed").id == id);
  account.apply(before);
  check_quiet(account, before);
}

}  // namespace

TEST_CASE("the whole life of every native type") {
  for (Case test : cases()) {
    DYNAMIC_SECTION(test.type) {
      Account account;
      engine::Desired wanted = stack_of(test, test.attributes);
      CHECK(account.apply(wanted).succeeded());
      check_quiet(account, wanted);
      check_rename(account, test);
      check_drift(account, test, wanted);
      check_updates(account, test);
      for (const std::string& name : test.one_way)
        test.attributes.insert_or_assign(name, test.updates.at(name));
      wanted = stack_of(test, test.attributes);
      account.apply(wanted);
      check_quiet(account, wanted);
      Case whole = test;
      for (const auto& [name, value] : test.updates) whole.attributes.insert_or_assign(name, value);
      account.apply(stack_of(whole, whole.attributes));
      check_omissions(account, whole);
      account.apply(wanted);
      check_replacement(account, test);
      account.apply(wanted);

      check_removal(account, test, wanted);

      CHECK(account.apply(desired({})).succeeded());
      for (const auto& [object, binding] : account.refresh(desired({})).objects)
        CHECK_FALSE(engine::owned_by(object, "s"));
    }
  }
}

TEST_CASE("the table above holds every type, and every attribute that can be updated") {
  std::set<std::string, std::less<>> tested;
  for (const Case& test : cases()) {
    tested.insert(test.type);
    const ResourceType& type = *want("x", test.type, {}).object.type;
    for (const Attribute& attribute : type.schema) {
      if (attribute.is_output || attribute.is_immutable || attribute.is_uncompared) continue;
      INFO(test.type << "." << attribute.name);
      const bool covered = test.updates.contains(attribute.name) ||
                           std::ranges::find(test.fixed, attribute.name) != test.fixed.end();
      CHECK(covered);
    }
  }
  tested.insert("exoscale.bucket");  // lives in a file of its own: its calls are not the API's
  for (const ResourceType* type : exoscale::provider.types)
    if (type->marked != Marked::never) CHECK(tested.contains(type->name));
}
