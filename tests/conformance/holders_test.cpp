// What somebody else uses is found before the first delete.
#include <catch2/catch.hpp>

#include "support/account.h"

using namespace stackctl;
using support::Account;
using support::want;

namespace {

Reference to(std::string address, std::string attribute = "id") {
  return {std::move(address), std::move(attribute)};
}

engine::Desired ours() {
  return support::desired(
      {want("g", "exoscale.security_group", {{"name", "s-g"}}),
       want("a", "exoscale.anti_affinity_group", {{"name", "s-a"}}),
       want("n", "exoscale.private_network", {{"name", "s-n"}}),
       want("k", "exoscale.ssh_key",
            {{"name", "stackctl.s.k"},
             {"public-key",
              "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGJ0aGVxdWlja2Jyb3duZm94anVtcHNvdmVy k"}}),
       want("image", "exoscale.template", {{"name", "Linux Ubuntu 24.04 LTS 64-bit"}}, true),
       want("small", "exoscale.instance_type", {{"name", "standard.small"}}, true),
       want("p", "exoscale.instance_pool",
            {{"name", "s-p"},
             {"template", to("image")},
             {"instance-type", to("small")},
             {"disk-size", 10},
             {"size", 2},
             {"ssh-keys", List{to("k", "name")}},
             {"anti-affinity-groups", List{to("a")}},
             {"private-networks", List{to("n")}},
             {"security-groups", List{to("g")}}})});
}

/// Another stack, whose machine has `more`.
engine::Desired theirs(std::string_view type, Map more) {
  more.emplace("name", "t-x");
  more.emplace("template", to("image"));
  more.emplace("instance-type", to("small"));
  more.emplace("disk-size", 10);
  engine::Desired desired = support::desired(
      {want("image", "exoscale.template", {{"name", "Linux Ubuntu 24.04 LTS 64-bit"}}, true),
       want("small", "exoscale.instance_type", {{"name", "standard.small"}}, true),
       want("x", type, std::move(more))});
  desired.stack = "t";
  return desired;
}

struct Row {
  std::string_view what;
  std::string_view type;
  std::string attribute;
  std::string used;  // our address
  bool by_name = false;
};

}  // namespace

TEST_CASE("an object that somebody else uses is not destroyed, and nothing else is") {
  const Row rows[] = {
      {"a machine wears our security group", "exoscale.instance", "security-groups", "g"},
      {"a pool wears it", "exoscale.instance_pool", "security-groups", "g"},
      {"a machine is in our network", "exoscale.instance", "private-networks", "n"},
      {"a pool is in our network", "exoscale.instance_pool", "private-networks", "n"},
      {"a pool has our affinity group", "exoscale.instance_pool", "anti-affinity-groups", "a"},
      {"a pool has our key", "exoscale.instance_pool", "ssh-keys", "k", true},
  };
  for (const Row& row : rows) {
    INFO(row.what);
    Account account;
    account.apply(ours());
    const LiveObject used = account.find(ours(), row.used);
    Value item = row.by_name ? used.attributes["name"] : Value(used.id);
    if (row.type == "exoscale.instance" && row.attribute == "private-networks")
      item = Map{{"network", item}};
    Map more = {{row.attribute, List{item}}};
    if (row.type == "exoscale.instance_pool") more.emplace("size", 1);
    const engine::Desired stranger = theirs(row.type, more);
    account.apply(stranger);
    const std::string holder = account.find(stranger, "x").id;

    const engine::Plan plan = account.plan(support::desired({}));
    REQUIRE(plan.faults.size() == 1);
    CHECK(plan.faults[0].address == row.used);
    CHECK(plan.faults[0].detail ==
          std::string(row.type) + " 't-x', id " + holder + ", of stack 't'");
    // Once it is gone nothing of it holds anything: our own pool's members never did.
    engine::Desired nothing = support::desired({});
    nothing.stack = "t";
    account.apply(nothing);
    CHECK(account.plan(support::desired({})).faults.empty());
    CHECK(account.apply(support::desired({})).succeeded());
  }
}
