// Renamed resources on the simulator: nothing is made anew that need not be, wherever a run is cut
// short.
#include <catch2/catch.hpp>

#include "support/account.h"
#include "support/example.h"

using namespace stackctl;
using support::Account;

namespace {

constexpr std::string_view kStack = R"(
stack: s
provider: exoscale
providers: {exoscale: {zone: ch-gva-2}}
variables: {password: {secret: true, default: canary}}
resources:
  OLD-net: {kind: network, cidr: 10.1.0.0/24}
  OLD-sg: {kind: security_group, ingress: [{port: 80, from: 0.0.0.0/0}]}
  OLD-db:
    kind: instance
    image: Linux Ubuntu 24.04 LTS 64-bit
    size: small
    networks: ["${OLD-net}"]
    security_groups: ["${OLD-sg}"]
    user_data: "#!/bin/sh\necho ${var.password}"
    protect: true
  OLD-data: {kind: volume, size: 10, attached_to: "${OLD-db}"}
  OLD-web:
    kind: instance_pool
    count: 2
    image: Linux Ubuntu 24.04 LTS 64-bit
    size: small
    security_groups: ["${OLD-sg}"]
    user_data: "#!/bin/sh\necho ${var.password} ${OLD-lb.address} ${OLD-db.address}"
  OLD-lb:
    kind: load_balancer
    listeners: [{port: 80, targets: "${OLD-web}", health: {type: tcp}}]
)";

engine::Desired stack_of(const std::string& prefix, const engine::Bindings& bindings) {
  std::string text(kStack);
  for (std::size_t at = 0; (at = text.find("OLD", at)) != std::string::npos;)
    text.replace(at, 3, prefix);
  const stack::Loaded loaded = support::load_text(text);
  return engine::lower("s", loaded.stack.resources, bindings);
}

std::size_t count_writes(Account& account, const engine::Desired& wanted) {
  std::size_t writes = 0;
  account.runner().dispatcher().on_attempt(
      [&](const engine::Attempt& attempt) { writes += attempt.access == Access::write ? 1 : 0; });
  account.apply(wanted);
  account.runner().dispatcher().on_attempt({});
  return writes;
}

std::map<std::string, std::string> ids(Account& account, const engine::Desired& wanted,
                                       const std::string& prefix) {
  std::map<std::string, std::string> found;
  for (const char* name : {"-net", "-db", "-data", "-web", "-lb"})
    found[name] = account.find(wanted, prefix + name).id;
  return found;
}

std::size_t owned(Account& account, const engine::Desired& wanted) {
  std::size_t count = 0;
  for (const auto& [object, binding] : account.refresh(wanted).objects)
    if (engine::owned_by(object, "s")) ++count;
  return count;
}

}  // namespace

TEST_CASE("all names of a stack change, and its objects stay") {
  Account account;
  const engine::Desired before = stack_of("a", account.bindings());
  const engine::Desired after = stack_of("b", account.bindings());
  CHECK(account.apply(before).succeeded());
  const engine::Plan plan = account.plan(after);
  // A security group's mark is fixed, so there is a new one, and what wears it is changed.
  CHECK(support::brief(plan) == R"(update b-net: name
create b-sg
create b-sg/ingress-tcp-80-0.0.0.0-0
update b-db: name, security-groups
update b-data: name
update b-lb: name
update b-web: name, security-groups
remove a-sg
remove a-sg/ingress-tcp-80-0.0.0.0-0
)");
}

TEST_CASE("a rename is one call that says nothing of secrets") {
  const auto machine = [](const std::string& address) {
    return support::desired(
        {support::want("image", "exoscale.template", {{"name", "Linux Ubuntu 24.04 LTS 64-bit"}},
                       true),
         support::want("small", "exoscale.instance_type", {{"name", "standard.small"}}, true),
         support::want(address, "exoscale.instance",
                       {{"name", "fixed"},
                        {"template", Reference{"image", "id"}},
                        {"instance-type", Reference{"small", "id"}},
                        {"disk-size", 10},
                        {"user-data", Secret{"#!/bin/sh\necho canary"}}})});
  };
  bool is_told = false;
  Account account({}, [&](simulator::Cloud& cloud, const http::Request& request, Time now) {
    if (request.method == "PUT" && request.body.find("user-data") != std::string::npos)
      is_told = true;
    return simulator::Routed(cloud.handle(request, now));
  });
  account.apply(machine("a"));
  CHECK(count_writes(account, machine("b")) == 1);
  CHECK_FALSE(is_told);
  CHECK(count_writes(account, machine("b")) == 0);
}

TEST_CASE("a rename that is killed after any write is finished by the next run") {
  Account fresh;
  fresh.apply(stack_of("a", fresh.bindings()));
  const std::size_t writes = count_writes(fresh, stack_of("b", fresh.bindings()));
  REQUIRE(writes >= 8);
  for (std::size_t k = 1; k <= writes; ++k) {
    INFO("died after write " << k);
    Account account;
    const engine::Desired before = stack_of("a", account.bindings());
    const engine::Desired after = stack_of("b", account.bindings());
    account.apply(before);
    const auto then = ids(account, before, "a");
    const std::size_t objects = owned(account, before);
    CHECK(account.apply_and_die(after, k));
    CHECK(account.apply(after).succeeded());
    CHECK(support::brief(account.plan(after)) == "");
    CHECK(ids(account, after, "b") == then);
    CHECK(owned(account, after) == objects);
    // The protection came along.
    CHECK(support::brief(account.plan(support::desired({}))).find("! it is protected") !=
          std::string::npos);
  }
}
