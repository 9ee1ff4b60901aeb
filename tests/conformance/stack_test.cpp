// Whole stacks on the simulator, in virtual time. What becomes of them when something fails is in
// tests/sweep.
#include <map>

#include <catch2/catch.hpp>

#include "stackctl/json.h"
#include "support/account.h"
#include "support/example.h"

using namespace stackctl;
using support::Account;
using support::desired;
using support::lower_example;
using support::want;

namespace {

const std::string kExample = "exoscale-wordpress";

/// Counts what the cloud refuses because something is in use.
struct Refusals {
  std::size_t count = 0;
  explicit Refusals(Account& account) {
    account.runner().dispatcher().on_attempt([this](const engine::Attempt& attempt) {
      count += attempt.verdict == Verdict::in_use ? 1 : 0;
    });
  }
};

constexpr const char* kDebian = "Linux Debian 12 (Bookworm) 64-bit";

/// The id of a snapshot that somebody made of a machine of their own.
std::string snapshot_by_hand(Account& account) {
  const auto id_of = [&](const std::string& path, const char* list, const char* name) {
    const Value listed = *json::parse(account.by_hand("GET", path).body);
    for (const Value& item : listed[list].items())
      if (item.text_at("name") == name || item.text_at("size") == name)
        return std::string(item.text_at("id"));
    return std::string();
  };
  const std::string base = id_of("/template?visibility=public", "templates", kDebian);
  const std::string size = id_of("/instance-type", "instance-types", "small");
  const Value body = Map{{"name", "hand-made"},
                         {"disk-size", 10},
                         {"template", Map{{"id", base}}},
                         {"instance-type", Map{{"id", size}}}};
  const auto reference = [](const http::Reply& reply) {
    return std::string((*json::parse(reply.body))["reference"].text_at("id"));
  };
  const std::string machine = reference(account.by_hand("POST", "/instance", json::write(body)));
  account.by_hand("POST", "/instance/" + machine + ":create-snapshot");
  const Value listed = *json::parse(account.by_hand("GET", "/snapshot").body);
  return std::string(listed["snapshots"].items()[0].text_at("id"));
}

/// How many objects of each address the stack owns.
std::map<std::string, int> owned(Account& account, const std::string& stack) {
  engine::Desired nothing;
  nothing.stack = stack;
  std::map<std::string, int> counts;
  for (const auto& [object, binding] : account.refresh(nothing).objects)
    if (engine::owned_by(object, stack)) ++counts[object.mark->address];
  return counts;
}

engine::Desired nothing() {
  engine::Desired empty;
  empty.stack = "wordpress";
  return empty;
}

}  // namespace

TEST_CASE("the example, in all its variants: applied, quiet, changed, destroyed") {
  const std::map<std::string, support::Variables> images = {
      {"built", {}},
      {"given", {{"web_template", "Linux Ubuntu 24.04 LTS 64-bit"}, {"db_template", kDebian}}},
      {"from a snapshot", {{"web_snapshot", "SNAPSHOT"}, {"db_snapshot", "SNAPSHOT"}}}};
  const std::map<std::string, support::Variables> databases = {
      {"instance", {}},
      {"managed", {{"database", "managed"}}},
      {"none", {{"database", "none"}, {"db_address", "192.0.2.7"}}}};
  for (const auto& [image, image_variables] : images)
    for (const auto& [database, database_variables] : databases) {
      INFO("images " << image << ", database " << database);
      Account account;
      support::Variables variables = image_variables;
      variables.insert(variables.end(), database_variables.begin(), database_variables.end());
      const std::string snapshot = image == "from a snapshot" ? snapshot_by_hand(account) : "";
      for (auto& [name, value] : variables)
        if (value == "SNAPSHOT") value = snapshot;
      const engine::Desired wanted = lower_example(kExample, account.bindings(), variables);
      const Refusals refusals(account);
      CHECK(account.apply(wanted).succeeded());
      CHECK(support::brief(account.plan(wanted)) == "");
      variables.emplace_back("workers", "3");
      const engine::Desired more = lower_example(kExample, account.bindings(), variables);
      CHECK(support::brief(account.plan(more)) == "update web: size\n");
      CHECK(account.apply(more).succeeded());
      CHECK(support::brief(account.plan(more)) == "");
      CHECK(account.apply(nothing()).succeeded());
      CHECK(owned(account, "wordpress").empty());
      CHECK(refusals.count == 0);
    }
}

TEST_CASE("the web servers are told the address that the load balancer really has") {
  Account account;
  const engine::Desired wanted = lower_example(kExample, account.bindings());
  const engine::Report report = account.apply(wanted);
  const std::string address(report.known.at("lb").text_at("ip"));
  REQUIRE_FALSE(address.empty());
  const std::string* script = report.known.at("web")["user-data"].revealed();
  REQUIRE(script);
  CHECK(script->find(address) != std::string::npos);
}

TEST_CASE("variables: one web server more or less is an update of the pool, nothing else") {
  Account account;
  account.apply(lower_example(kExample, account.bindings()));
  const auto with = [&](const char* workers) {
    return lower_example(kExample, account.bindings(), {{"workers", workers}});
  };
  CHECK(support::brief(account.plan(with("3"))) == "update web: size\n");
  account.apply(with("3"));
  CHECK(account.find(with("3"), "web").attributes["size"] == Value(3));
  account.apply(with("1"));
  CHECK(account.find(with("1"), "web").attributes["size"] == Value(1));
}

TEST_CASE("a resource that left the file is deleted") {
  Account account;
  account.apply(lower_example(kExample, account.bindings()));
  const engine::Desired without = lower_example(
      kExample, account.bindings(), {{"database", "none"}, {"db_address", "192.0.2.7"}});
  const Refusals refusals(account);
  CHECK(account.apply(without).succeeded());
  CHECK_FALSE(owned(account, "wordpress").contains("db"));
  CHECK_FALSE(owned(account, "wordpress").contains("db-sg"));
  CHECK(refusals.count == 0);
}

TEST_CASE("groups that name themselves and each other come and go without a refusal") {
  const auto rule = [](const char* group, const char* peer) {
    return want(std::string(group) + "/ingress-tcp-1-" + peer, "exoscale.security_group_rule",
                {{"group", Reference{group, "id"}},
                 {"flow-direction", "ingress"},
                 {"protocol", "tcp"},
                 {"start-port", 1},
                 {"end-port", 1},
                 {"security-group", Reference{peer, "id"}}});
  };
  const engine::Desired wanted = desired({want("a", "exoscale.security_group", {{"name", "s-a"}}),
                                          want("b", "exoscale.security_group", {{"name", "s-b"}}),
                                          rule("a", "b"), rule("b", "a"), rule("a", "a")});
  Account account;
  const Refusals refusals(account);
  CHECK(account.apply(wanted).succeeded());
  CHECK(support::brief(account.plan(wanted)) == "");
  CHECK(account.apply(desired({})).succeeded());
  CHECK(owned(account, "s").empty());
  CHECK(refusals.count == 0);
}

TEST_CASE("a login that may read nothing is an error, not an empty cloud") {
  const auto refused = [](const http::Request& request) {
    http::Reply reply;
    reply.status = 403;
    reply.body = R"({"message":"Invalid request signature"})";
    return std::pair(request.url.find("sos-") != std::string::npos, reply);
  };
  const engine::Desired wanted =
      desired({want("x", "exoscale.block_volume", {{"name", "s-x"}, {"size", 10}})});
  Account locked_out({}, [&](simulator::Cloud&, const http::Request& request, Time) {
    return refused(request).second;
  });
  const engine::Plan nothing_seen = locked_out.plan(wanted);
  CHECK(has_errors(nothing_seen.faults));
  CHECK(nothing_seen.steps.empty());
  // Rights on a service that the stack does not use are not needed.
  Account limited({}, [&](simulator::Cloud& cloud, const http::Request& request, Time now) {
    const auto [is_storage, reply] = refused(request);
    return is_storage ? reply : cloud.handle(request, now);
  });
  const engine::Plan plan = limited.plan(wanted);
  CHECK(plan.faults.size() == 1);
  CHECK_FALSE(has_errors(plan.faults));
  CHECK(plan.steps.size() == 1);
}

TEST_CASE("an affinity group goes after the machines in it, which lists do not show") {
  const engine::Desired wanted = desired(
      {want("m/image", "exoscale.template", {{"name", "Linux Ubuntu 24.04 LTS 64-bit"}}, true),
       want("m/size", "exoscale.instance_type", {{"name", "standard.small"}}, true),
       want("apart", "exoscale.anti_affinity_group", {{"name", "s-apart"}}),
       want("m", "exoscale.instance",
            {{"name", "s-m"},
             {"template", Reference{"m/image", "id"}},
             {"instance-type", Reference{"m/size", "id"}},
             {"disk-size", 10},
             {"anti-affinity-groups", List{Reference{"apart", "id"}}}})});
  Account account;
  const Refusals refusals(account);
  account.apply(wanted);
  CHECK(account.apply(desired({})).succeeded());
  CHECK(owned(account, "s").empty());
  CHECK(refusals.count == 0);
}

TEST_CASE("a group that is worn is replaced: the new one is put on before the old one goes") {
  const auto stack = [](const char* description) {
    return desired(
        {want("m/image", "exoscale.template", {{"name", "Linux Ubuntu 24.04 LTS 64-bit"}}, true),
         want("m/size", "exoscale.instance_type", {{"name", "standard.small"}}, true),
         want("g", "exoscale.security_group", {{"name", "s-g"}, {"description", description}}),
         want("m", "exoscale.instance",
              {{"name", "s-m"},
               {"template", Reference{"m/image", "id"}},
               {"instance-type", Reference{"m/size", "id"}},
               {"disk-size", 10},
               {"security-groups", List{Reference{"g", "id"}}}})});
  };
  Account account;
  const Refusals refusals(account);
  account.apply(stack("one"));
  CHECK(support::brief(account.plan(stack("two"))) ==
        "create g: description\nupdate m: security-groups\nremove g\n");
  CHECK(account.apply(stack("two")).succeeded());
  CHECK(support::brief(account.plan(stack("two"))) == "");
  CHECK(owned(account, "s") == std::map<std::string, int>{{"g", 1}, {"m", 1}});
  CHECK(refusals.count == 0);
}
