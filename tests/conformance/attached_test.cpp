// Networks, addresses and volumes while machines have them: what is let go first, what moves.
#include <catch2/catch.hpp>

#include "conformance/cases.h"

using namespace stackctl;
using conformance::to;
using support::Account;
using support::desired;
using support::want;

namespace {

/// What the instance needs comes `before` it.
std::vector<engine::DesiredObject> stack(Map instance, std::vector<engine::DesiredObject> before,
                                         const std::vector<engine::DesiredObject>& after = {}) {
  instance.insert({{"name", "s-i"},
                   {"template", to("m/image")},
                   {"instance-type", to("m/small")},
                   {"disk-size", 10}});
  std::vector<engine::DesiredObject> objects = std::move(before);
  objects.push_back(
      want("m/image", "exoscale.template", {{"name", "Linux Ubuntu 24.04 LTS 64-bit"}}, true));
  objects.push_back(
      want("m/debian", "exoscale.template", {{"name", "Linux Debian 12 (Bookworm) 64-bit"}}, true));
  objects.push_back(want("m/small", "exoscale.instance_type", {{"name", "standard.small"}}, true));
  objects.push_back(want("i", "exoscale.instance", std::move(instance)));
  objects.insert(objects.end(), after.begin(), after.end());
  return objects;
}

engine::DesiredObject address(const std::string& family = "inet4") {
  return want("e", "exoscale.elastic_ip", {{"name", "s-e"}, {"addressfamily", family}});
}

engine::DesiredObject network() {
  return want("n", "exoscale.private_network",
              {{"name", "s-n"},
               {"managed", true},
               {"start-ip", "10.0.0.10"},
               {"end-ip", "10.0.0.20"},
               {"netmask", "255.255.255.0"}});
}

engine::DesiredObject volume() {
  return want("v", "exoscale.block_volume", {{"name", "s-v"}, {"size", 10}, {"instance", to("i")}});
}

void reach(Account& account, const engine::Desired& wanted) {
  CHECK(account.apply(wanted).succeeded());
  CHECK(support::brief(account.plan(wanted)) == "");
}

Value networks(Map entry) { return List{std::move(entry)}; }

const Map kEverything = {{"elastic-ips", List{to("e")}},
                         {"reverse-dns", "i.example.org"},
                         {"private-networks", networks({{"network", to("n")}})}};

engine::Desired everything(Map instance = kEverything, const std::string& family = "inet4") {
  return desired(stack(std::move(instance), {address(family), network()}, {volume()}));
}

}  // namespace

TEST_CASE("an address that is replaced moves with its instance staying") {
  Account account;
  reach(account, everything());
  const std::string instance = account.find(everything(), "i").id;
  const std::string before = account.find(everything(), "e").id;
  reach(account, everything(kEverything, "inet6"));
  const LiveObject live = account.find(everything(), "i");
  CHECK(live.id == instance);
  CHECK(account.find(everything(), "e").id != before);
  CHECK(live.attributes["elastic-ips"] == Value(List{account.find(everything(), "e").id}));
}

TEST_CASE("an instance that is replaced gets its address, network and volume back") {
  Account account;
  reach(account, everything());
  const std::string before = account.find(everything(), "i").id;
  Map other = kEverything;
  other.emplace("template", to("m/debian"));
  reach(account, everything(other));
  const std::string now = account.find(everything(), "i").id;
  CHECK(now != before);
  CHECK(account.find(everything(), "v").attributes["instance"] == Value(now));
}

TEST_CASE("what an instance has no longer is let go before it is removed") {
  Account account;
  reach(account, everything());
  reach(account, desired(stack({}, {})));
  for (const auto& [object, binding] : account.refresh(desired({})).objects)
    CHECK((!engine::owned_by(object, "s") || object.mark->address == "i"));
  CHECK(account.find(everything(), "i").attributes["private-networks"] == Value(List{}));
}

TEST_CASE("an address that is taken from an instance by hand comes back") {
  Account account;
  const engine::Desired wanted = everything();
  reach(account, wanted);
  const std::string body = R"({"instance":{"id":")" + account.find(wanted, "i").id + "\"}}";
  account.by_hand("PUT", "/elastic-ip/" + account.find(wanted, "e").id + ":detach", body);
  account.by_hand("DELETE", "/reverse-dns/instance/" + account.find(wanted, "i").id);
  account.by_hand("PUT", "/private-network/" + account.find(wanted, "n").id + ":detach", body);
  CHECK(support::brief(account.plan(wanted)) ==
        "update i: private-networks, elastic-ips, reverse-dns\n");
  reach(account, wanted);
}

TEST_CASE("a run that ends anywhere is finished by the next") {
  for (std::size_t writes = 1;; ++writes) {
    CAPTURE(writes);
    Account account;
    const bool got_there = account.apply_and_die(everything(), writes);
    reach(account, everything());
    const LiveObject live = account.find(everything(), "i");
    CHECK(live.attributes["elastic-ips"].items().size() == 1);
    CHECK(live.attributes["reverse-dns"] == Value("i.example.org"));
    if (!got_there) break;
    REQUIRE(writes < 100);
  }
}

TEST_CASE("a change that ends anywhere is finished by the next") {
  for (std::size_t writes = 1;; ++writes) {
    CAPTURE(writes);
    Account account;
    reach(account, desired(stack({}, {address(), network()})));
    const bool got_there = account.apply_and_die(everything(), writes);
    reach(account, everything());
    CHECK(account.find(everything(), "i").attributes["elastic-ips"].items().size() == 1);
    if (!got_there) break;
    REQUIRE(writes < 100);
  }
}
