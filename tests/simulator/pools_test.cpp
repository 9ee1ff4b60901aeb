// Pools that change: who gets the new settings, who goes, and what the load balancer sees.
#include <algorithm>

#include "refusal.h"
#include "stackctl/crypto.h"

namespace stackctl::simulator::testing {
namespace {

using std::chrono::seconds;

std::string make_pool(Client& client, const Json& more = Json::object()) {
  std::string path =
      "/instance-pool/" + client.finish("POST", "/instance-pool", client.pool_body(more));
  client.settle();
  return path;
}

std::vector<std::string> members_of(Client& client, const std::string& pool) {
  std::vector<std::string> members;
  for (const Json shown = client.get(pool); const Json& member : shown["instances"])
    members.push_back(member["id"]);
  return members;
}

TEST_CASE("pools: new members take new settings, old ones keep theirs", "[simulator]") {
  Client client;
  const std::string pool = make_pool(client, {{"size", 1}, {"instance-prefix", "old"}});
  const std::string old_member = members_of(client, pool).front();
  const Json before = client.get("/instance/" + old_member);
  std::string image;
  for (const Json all = client.get("/template"); const Json& one : all["templates"])
    if (one["id"] != before["template"]["id"]) image = one["id"];
  const Json changes{{"template", named(image)},
                     {"instance-type", named(client.instance_type("standard", "large"))},
                     {"disk-size", 30},
                     {"user-data", crypto::base64("#!/bin/sh\n")},
                     {"security-groups", {named(client.group("web"))}}};
  Json update = changes;
  update["instance-prefix"] = "new";
  client.finish("PUT", pool, update);
  client.finish("PUT", pool + ":scale", {{"size", 2}});
  client.settle();
  CHECK(client.get("/instance/" + old_member) == before);
  for (const std::string& id : members_of(client, pool)) {
    if (id == old_member) continue;
    const Json member = client.get("/instance/" + id);
    CHECK_THAT(member["name"].get<std::string>(), Catch::StartsWith("new-"));
    for (const auto& [name, value] : changes.items()) CHECK(member[name] == value);
  }
}

TEST_CASE("pools: eviction takes the named members and shrinks by as many", "[simulator]") {
  Client client;
  const std::string pool = make_pool(client, {{"size", 4}});
  const std::vector<std::string> before = members_of(client, pool);
  const Json victims{before[1], before[3]};
  const std::string evict = pool + ":evict";
  check(client, {
                    {"nobody named", "PUT", evict, {{"instances", Json::array()}}, 400, "empty"},
                    {"no list", "PUT", evict, Json::object(), 400, "instances: missing"},
                    {"a stranger",
                     "PUT",
                     evict,
                     {{"instances", {before[0], nobody}}},
                     404,
                     "not found in the instance pool"},
                    {"no id", "PUT", evict, {{"instances", {"web-1"}}}, 400, "UUID"},
                });
  client.finish("PUT", evict, {{"instances", victims}});
  client.settle();
  CHECK(client.get(pool)["size"] == 2);
  CHECK(client.get(pool)["state"] == "running");
  CHECK(members_of(client, pool) == std::vector<std::string>{before[0], before[2]});
  const Json listed = client.get("/instance-pool")["instance-pools"];
  CHECK(listed[0]["instances"] == Json::array({named(before[0]), named(before[2])}));
}

// Addresses that a balancer's service sees, with their status.
std::map<std::string, std::string> health(Client& client, const std::string& balancer) {
  std::map<std::string, std::string> seen;
  for (const Json shown = client.get(balancer);
       const Json& status : shown["services"][0]["healthcheck-status"])
    seen[status["public-ip"]] = status["status"];
  return seen;
}

std::string make_balancer(Client& client, const std::string& pool) {
  std::string path = "/load-balancer/" + client.finish("POST", "/load-balancer", {{"name", "lb"}});
  client.finish("POST", path + "/service",
                {{"name", "http"},
                 {"instance-pool", named(pool)},
                 {"protocol", "tcp"},
                 {"strategy", "round-robin"},
                 {"port", 80},
                 {"target-port", 80},
                 {"healthcheck", {{"mode", "tcp"}, {"port", 80}}}});
  client.pass(seconds{60});
  return path;
}

TEST_CASE("a new member gets healthy some time after it runs, one that goes is not seen",
          "[simulator]") {
  Client client;
  const std::string pool =
      make_pool(client, {{"size", 1}, {"user-data", crypto::base64("#!/bin/sh\n")}});
  const std::string balancer = make_balancer(client, pool.substr(pool.rfind('/') + 1));
  const auto old_address = health(client, balancer).begin()->first;
  CHECK(health(client, balancer)[old_address] == "success");
  client.finish("PUT", pool + ":scale", {{"size", 2}});
  client.settle();
  auto seen = health(client, balancer);
  REQUIRE(seen.size() == 2);
  CHECK(std::count_if(seen.begin(), seen.end(),
                      [](const auto& entry) { return entry.second == "failure"; }) == 1);
  client.pass(seconds{30});
  for (const auto& [address, status] : health(client, balancer)) CHECK(status == "success");

  for (const std::string& id : members_of(client, pool))
    if (client.get("/instance/" + id)["public-ip"] == old_address)
      client.finish("PUT", pool + ":evict", {{"instances", {id}}});
  seen = health(client, balancer);
  CHECK(seen.size() == 1);
  CHECK_FALSE(seen.contains(old_address));
}

TEST_CASE("members that switch themselves off stand there stopped and unhealthy", "[simulator]") {
  Client client;
  const std::string pool = make_pool(client, {{"user-data", crypto::base64("poweroff\n")}});
  const std::string balancer = make_balancer(client, pool.substr(pool.rfind('/') + 1));
  for (const std::string& id : members_of(client, pool))
    CHECK(client.get("/instance/" + id)["state"] == "stopped");
  for (const auto& [address, status] : health(client, balancer)) CHECK(status == "failure");
  CHECK(client.get(pool)["state"] == "running");
}

// One of each: networks, addresses, volumes, snapshots, a template, names; half of it on its way.
void fill(Client& client) {
  const std::string network = client.finish("POST", "/private-network",
                                            {{"name", "n"},
                                             {"start-ip", "10.0.0.1"},
                                             {"end-ip", "10.0.0.9"},
                                             {"netmask", "255.255.255.0"}});
  const std::string address = client.finish("POST", "/elastic-ip", Json::object());
  make_pool(client, {{"private-networks", {named(network)}}, {"elastic-ips", {named(address)}}});
  const Json body = client.instance_body({{"user-data", crypto::base64("poweroff")}});
  const std::string instance = client.finish("POST", "/instance", body);
  const std::string volume = client.finish("POST", "/block-storage", {{"size", 10}});
  client.finish("POST", "/reverse-dns/instance/" + instance, {{"domain-name", "a.example"}});
  client.finish("PUT", "/private-network/" + network + ":attach", holder(instance));
  client.finish("PUT", "/block-storage/" + volume + ":attach", holder(instance));
  client.call("POST", "/block-storage/" + volume + ":create-snapshot", Json::object());
  const std::string snapshot = client.finish("POST", "/instance/" + instance + ":create-snapshot");
  client.call("POST", "/snapshot/" + snapshot + ":promote", {{"name", "image"}});
  client.call("PUT", "/elastic-ip/" + address + ":attach", holder(instance));
}

TEST_CASE("a saved account of machines goes on where it was", "[simulator]") {
  Client first;
  fill(first);
  Client second;
  REQUIRE_FALSE(second.cloud.load(first.cloud.save(), first.now));
  second.now = first.now;
  first.settle();
  second.settle();
  const std::pair<const char*, std::size_t> counts[] = {
      {"/private-network", 1}, {"/elastic-ip", 1},    {"/block-storage", 1},
      {"/snapshot", 1},        {"/instance-pool", 1}, {"/block-storage-snapshot", 1},
      {"/instance", 3},        {"/template", 12}};
  for (const auto& [path, count] : counts) {
    INFO(path);
    CHECK(first.get(path) == second.get(path));
    CHECK(first.get(path).begin()->size() == count);
  }
  const http::Fields own{{"visibility", "private"}};
  CHECK(first.get("/template", own)["templates"].size() == 1);
  CHECK(first.get("/template", own) == second.get("/template", own));
  for (const Json all = first.get("/instance"); const Json& one : all["instances"]) {
    const std::string path = "/instance/" + one["id"].get<std::string>();
    CHECK(first.get(path) == second.get(path));
    CHECK(first.get(path)["elastic-ips"].size() == 1);
  }
}

}  // namespace
}  // namespace stackctl::simulator::testing
