// Private networks: ranges, leases, who is attached.
#include "refusal.h"

namespace stackctl::simulator::testing {
namespace {

Json managed(const Json& more = Json::object()) {
  Json body{{"name", "backend"},
            {"start-ip", "10.0.0.10"},
            {"end-ip", "10.0.0.12"},
            {"netmask", "255.255.255.0"}};
  body.update(more);
  return body;
}

Json attachment(const std::string& instance, const std::string& ip) {
  Json body = holder(instance);
  body["ip"] = ip;
  return body;
}

// Addresses that the network leases, by instance.
std::map<std::string, std::string> leases(Client& client, const std::string& network) {
  std::map<std::string, std::string> found;
  for (const Json shown = client.get(network); const Json& lease : shown["leases"])
    found[lease["instance-id"]] = lease["ip"];
  return found;
}

std::string machine(Client& client) {
  return client.finish("POST", "/instance", client.instance_body());
}

TEST_CASE("private networks: made, changed, read, deleted", "[simulator]") {
  Client client;
  const Json options{{"dns-servers", {"10.0.0.1"}}, {"domain-search", {"lan.example"}}};
  const std::string id = client.finish(
      "POST", "/private-network",
      managed({{"options", options}, {"labels", {{"a", "b"}}}, {"description", "d"}}));
  const std::string path = "/private-network/" + id;
  Json network = client.get(path);
  CHECK(network["vni"] > 0);
  CHECK(network["options"] == options);
  CHECK(network["leases"] == Json::array());
  CHECK(client.get("/private-network")["private-networks"] == Json::array({network}));

  client.finish("PUT", path, {{"name", "other"}, {"end-ip", "10.0.0.20"}});
  client.finish("DELETE", path + "/labels");
  network = client.get(path);
  CHECK(network["name"] == "other");
  CHECK(network["end-ip"] == "10.0.0.20");
  CHECK(network["description"] == "d");
  CHECK_FALSE(network.contains("labels"));
  client.finish("DELETE", path);
  CHECK(client.call("GET", path).status == 404);
}

TEST_CASE("private networks: ranges are checked", "[simulator]") {
  Client client;
  const std::string other =
      "/private-network/" + client.finish("POST", "/private-network", {{"name", "plain"}});
  const auto post = [](const char* name, const Json& more, const char* message) {
    return Refusal{name, "POST", "/private-network", managed(more), 400, message};
  };
  check(client, {
                    post("no address", {{"start-ip", "ten"}}, "start-ip: is invalid"),
                    post("hidden end", {{"start-ip", std::string("10.0.0.1\0x", 10)}}, "start-ip"),
                    post("no netmask", {{"netmask", "255.0.255.0"}}, "netmask: is no netmask"),
                    post("empty netmask", {{"netmask", "0.0.0.0"}}, "netmask: is no netmask"),
                    post("end below start", {{"end-ip", "10.0.0.9"}}, "must not be below"),
                    post("end elsewhere", {{"end-ip", "10.0.1.12"}}, "same network"),
                    post("network address", {{"start-ip", "10.0.0.0"}}, "address of the network"),
                    post("broadcast", {{"end-ip", "10.0.0.255"}}, "broadcast"),
                    post("DNS server", {{"options", {{"dns-servers", {"a"}}}}}, "dns-servers[0]"),
                    post("unknown option", {{"options", {{"mtu", 1}}}}, "options.mtu: unknown"),
                    {"half a range", "PUT", other, {{"start-ip", "10.0.0.1"}}, 400, "together"},
                    {"no name", "POST", "/private-network", Json::object(), 400, "name: missing"},
                    {"field", "DELETE", other + "/description", nullptr, 400, "one of: labels"},
                });
}

TEST_CASE("private networks: instances get leases and give them back", "[simulator]") {
  Client client;
  const std::string id = client.finish("POST", "/private-network", managed());
  const std::string path = "/private-network/" + id;
  const std::string first = machine(client);
  const std::string second = machine(client);
  CHECK(client.finish("PUT", path + ":attach", attachment(first, "10.0.0.100")) == id);
  client.finish("PUT", path + ":attach", holder(second));
  CHECK(leases(client, path) ==
        std::map<std::string, std::string>{{first, "10.0.0.100"}, {second, "10.0.0.10"}});
  const Json attached = client.get("/instance/" + first)["private-networks"];
  REQUIRE(attached.size() == 1);
  CHECK(attached[0]["id"] == id);
  CHECK(attached[0]["mac-address"].is_string());
  for (const Json all = client.get("/instance"); const Json& listed : all["instances"])
    CHECK(listed["private-networks"].size() == 1);

  const std::string third = machine(client);
  check(client,
        {
            {"attached already", "PUT", path + ":attach", holder(first), 409, "already attached"},
            {"not attached", "PUT", path + ":detach", holder(third), 404, "not attached"},
            {"no lease yet", "PUT", path + ":update-ip", attachment(third, "10.0.0.50"), 404,
             "not attached"},
            {"taken", "PUT", path + ":attach", attachment(third, "10.0.0.100"), 409,
             "already leased"},
            {"taken, later", "PUT", path + ":update-ip", attachment(second, "10.0.0.100"), 409,
             "already leased"},
            {"outside", "PUT", path + ":attach", attachment(third, "10.0.1.1"), 400,
             "not in the private network"},
            {"no instance", "PUT", path + ":attach", holder(nobody), 404, "instance"},
            {"shrunk under a lease", "PUT", path,
             Json{{"start-ip", "10.0.0.10"}, {"netmask", "255.255.255.192"}}, 409, "is leased"},
            {"in use", "DELETE", path, nullptr, 409, "in use by instance"},
        });
  client.finish("PUT", path + ":update-ip", attachment(first, "10.0.0.101"));
  CHECK(leases(client, path)[first] == "10.0.0.101");
  client.finish("PUT", path + ":detach", holder(first));
  CHECK_FALSE(client.get("/instance/" + first).contains("private-networks"));
  client.finish("DELETE", "/instance/" + second);
  CHECK(leases(client, path).empty());
  client.finish("DELETE", path);
}

TEST_CASE("private networks: of two equal addresses on their way the second fails", "[simulator]") {
  Client client;
  const std::string path =
      "/private-network/" + client.finish("POST", "/private-network", managed());
  std::vector<Json> begun;
  for (const std::string& instance : {machine(client), machine(client)})
    begun.push_back(client.call("PUT", path + ":attach", attachment(instance, "10.0.0.77")).body);
  client.settle();
  int failures = 0;
  for (const Json& operation : begun)
    if (client.get("/operation/" + operation["id"].get<std::string>())["state"] == "failure")
      ++failures;
  CHECK(failures == 1);
}

TEST_CASE("private networks: what is attached gets leases once the network is managed",
          "[simulator]") {
  Client client;
  const std::string path =
      "/private-network/" + client.finish("POST", "/private-network", {{"name", "plain"}});
  const std::string instance = machine(client);
  check(client, {{"not managed", "PUT", path + ":attach", attachment(instance, "10.0.0.1"), 400,
                  "not managed"}});
  client.finish("PUT", path + ":attach", holder(instance));
  check(client, {{"not managed", "PUT", path + ":update-ip", attachment(instance, "10.0.0.1"), 400,
                  "not managed"}});
  CHECK(leases(client, path).empty());
  client.finish("PUT", path, managed());
  CHECK(leases(client, path)[instance] == "10.0.0.10");
}

TEST_CASE("private networks of pools reach all members", "[simulator]") {
  Client client;
  const std::string id = client.finish("POST", "/private-network", managed());
  const std::string path = "/private-network/" + id;
  const Json networks{{"private-networks", {named(id)}}};
  const std::string pool =
      "/instance-pool/" + client.finish("POST", "/instance-pool", client.pool_body(networks));
  client.settle();
  CHECK(client.get(pool)["private-networks"] == networks["private-networks"]);
  CHECK(leases(client, path).size() == 2);
  client.finish("PUT", pool + ":scale", {{"size", 4}});  // one more than there are addresses
  client.settle();
  CHECK(leases(client, path).size() == 3);

  client.finish("PUT", pool, {{"name", "web"}});  // left out, and thereby cleared
  CHECK(leases(client, path).empty());
  client.finish("PUT", pool, networks);
  CHECK(leases(client, path).size() == 3);
  client.finish("PUT", pool + ":scale", {{"size", 0}});
  client.settle();
  check(client, {{"named by a pool", "DELETE", path, nullptr, 409, "in use by instance-pool"}});
  client.finish("DELETE", pool + "/private-networks");
  client.finish("DELETE", path);
}

}  // namespace
}  // namespace stackctl::simulator::testing
