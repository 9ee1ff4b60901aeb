// Managed databases: one life for all engines, and what each has of its own.
#include <catch2/catch.hpp>

#include "client.h"

namespace stackctl::simulator::testing {
namespace {

using std::chrono::seconds;

struct Engine {
  const char* path;
  const char* type;
  const char* asked;
  const char* version;  ///< what the asked one is completed to
  bool has_databases;
};
constexpr Engine engines[] = {
    {"/dbaas-mysql/data", "mysql", "8.4", "8.4.8", true},
    {"/dbaas-postgres/data", "pg", "16", "16.13", true},
    {"/dbaas-valkey/data", "valkey", "8.1", "8.1.4", false},
};

Json body(const Json& more = Json::object()) {
  Json made{{"plan", "startup-4"}};
  made.update(more);
  return made;
}

TEST_CASE("dbaas: a service is built long after its operation", "[simulator]") {
  for (const Engine& engine : engines) {
    INFO(engine.path);
    Client client;
    client.finish("POST", engine.path,
                  body({{"version", engine.asked}, {"ip-filter", {"192.0.2.7", "10.0.0.0/8"}}}));
    Json service = client.get(engine.path);
    CHECK(service["type"] == engine.type);
    CHECK(service["state"] == "rebuilding");
    CHECK(service["version"] == engine.version);
    CHECK(service["ip-filter"] == Json{"192.0.2.7/32", "10.0.0.0/8"});
    CHECK(service["users"].empty());
    const Response early = client.call("PUT", engine.path, {{"plan", "business-4"}});
    CHECK(early.status == 409);
    CHECK(client.get("/dbaas-service")["dbaas-services"][0]["name"] == "data");

    while (client.get(engine.path)["state"] != "running") client.pass(seconds{1});
    CHECK(client.get(engine.path)["users"].empty());
    client.settle();
    service = client.get(engine.path);
    REQUIRE(service["users"].size() == 1);
    const std::string user = service["uri-params"]["user"];
    CHECK(service["users"][0]["username"] == user);
    const Json secret = client.get(engine.path + std::string("/user/") + user + "/password/reveal");
    CHECK(secret["username"] == user);
    CHECK(service.dump().find(secret["password"].get<std::string>()) == std::string::npos);
    CHECK(service.contains("databases") == engine.has_databases);
  }
}

TEST_CASE("dbaas: plans change in place", "[simulator]") {
  Client client;
  const std::string path = "/dbaas-mysql/data";
  client.finish("POST", path, body());
  client.settle();
  const Json before = client.get(path);
  client.finish("PUT", path, {{"plan", "business-4"}});
  CHECK(client.get(path)["state"] == "rebalancing");
  CHECK(client.call("PUT", path, {{"plan", "startup-8"}}).status == 409);
  client.settle();
  const Json after = client.get(path);
  CHECK(after["plan"] == "business-4");
  CHECK(after["node-count"] == 2);
  CHECK(after["uri"] != before["uri"]);
}

TEST_CASE("dbaas: an update without a backup schedule draws a new one", "[simulator]") {
  Client client;
  const std::string path = "/dbaas-postgres/data";
  const Json schedule{{"backup-hour", 3}, {"backup-minute", 30}};
  client.finish("POST", path, body({{"backup-schedule", schedule}}));
  CHECK(client.get(path)["backup-schedule"] == schedule);
  client.finish("PUT", path, {{"backup-schedule", schedule}, {"ip-filter", Json::array()}});
  CHECK(client.get(path)["backup-schedule"] == schedule);
  client.finish("PUT", path, {{"pg-settings", {{"jit", true}}}});
  CHECK(client.get(path)["backup-schedule"] != schedule);
  CHECK(client.get(path)["pg-settings"] == Json{{"jit", true}});
}

TEST_CASE("dbaas: termination protection", "[simulator]") {
  Client client;
  const std::string path = "/dbaas-valkey/data";
  client.finish("POST", path, body({{"termination-protection", true}}));
  for (const char* way : {"/dbaas-valkey/data", "/dbaas-service/data"}) {
    const Response refused = client.call("DELETE", way);
    CHECK(refused.status == 403);
    CHECK(refused.message() ==
          "Service is protected against termination and shutdown. Remove termination protection "
          "first.");
  }
  client.finish("PUT", path, {{"termination-protection", false}});
  client.finish("DELETE", "/dbaas-service/data");
  CHECK(client.call("GET", path).status == 404);
  client.finish("POST", path, body());
  client.pass(seconds{170});  // what the first one began does not touch the second one
  CHECK(client.get(path)["state"] == "rebuilding");
}

TEST_CASE("dbaas: users and databases", "[simulator]") {
  Client client;
  const std::string path = "/dbaas-mysql/data";
  client.finish("POST", path,
                body({{"admin-username", "root2"}, {"admin-password", "not-so-secret"}}));
  CHECK(client.call("POST", path + "/user", {{"username", "app"}}).status == 409);
  client.settle();
  CHECK(client.get(path + "/user/root2/password/reveal")["password"] == "not-so-secret");
  client.finish("POST", path + "/user",
                {{"username", "app"}, {"authentication", "mysql_native_password"}});
  CHECK(client.get(path)["users"][1]["authentication"] == "mysql_native_password");
  client.finish("PUT", path + "/user/app/password/reset", {{"password", "longer-secret"}});
  CHECK(client.get(path + "/user/app/password/reveal")["password"] == "longer-secret");

  client.finish("POST", path + "/database", {{"database-name", "shop"}});
  CHECK(client.get(path)["databases"] == Json{"defaultdb"});  // it appears late
  CHECK(client.call("POST", path + "/database", {{"database-name", "shop"}}).status == 409);
  client.settle();
  CHECK(client.get(path)["databases"] == Json{"defaultdb", "shop"});

  client.finish("POST", "/dbaas-mysql/copy", body({{"fork-from-service", "data"}}));
  client.settle();
  CHECK(client.get("/dbaas-mysql/copy")["databases"] == Json{"defaultdb", "shop"});

  client.finish("DELETE", path + "/database/shop");
  client.finish("DELETE", path + "/user/app");
  CHECK(client.get(path)["databases"] == Json{"defaultdb"});
  CHECK(client.get(path)["users"].size() == 1);
  CHECK(client.call("GET", path + "/user/app/password/reveal").status == 404);
  CHECK(client.call("DELETE", path + "/user/root2").status == 403);
  CHECK(client.call("DELETE", path + "/database/shop").status == 404);
}

TEST_CASE("dbaas: what is refused", "[simulator]") {
  Client client;
  client.finish("POST", "/dbaas-mysql/data", body());
  const std::tuple<const char*, const char*, Json, int> refusals[] = {
      {"POST", "/dbaas-mysql/data", body(), 409},
      {"POST", "/dbaas-valkey/data", body(), 409},
      {"POST", "/dbaas-mysql/other", Json::object(), 400},
      {"POST", "/dbaas-mysql/Other", body(), 400},
      {"POST", "/dbaas-mysql/other", {{"plan", "huge-1"}}, 400},
      {"POST", "/dbaas-mysql/other", body({{"version", "5.7"}}), 400},
      {"POST", "/dbaas-mysql/other", body({{"ip-filter", {"everybody"}}}), 400},
      {"POST", "/dbaas-mysql/other", body({{"admin-password", "short"}}), 400},
      {"POST", "/dbaas-mysql/other", body({{"maintenance", {{"dow", "monday"}}}}), 400},
      {"POST", "/dbaas-mysql/other",
       body({{"maintenance", {{"dow", "monday"}, {"time", "25:00:00"}}}}), 400},
      {"POST", "/dbaas-mysql/other", body({{"mysql-settings", "fast"}}), 400},
      {"POST", "/dbaas-mysql/other", body({{"fork-from-service", "none"}}), 404},
      {"POST", "/dbaas-mysql/other", body({{"fork-from-service", "data"}}), 409},
      {"POST", "/dbaas-valkey/other", body({{"backup-schedule", {{"backup-hour", 1}}}}), 400},
      {"PUT", "/dbaas-mysql/data", {{"admin-password", "long-enough"}}, 400},
      {"GET", "/dbaas-postgres/data", nullptr, 404},
      {"DELETE", "/dbaas-service/none", nullptr, 404},
  };
  for (const auto& [method, path, sent, status] : refusals) {
    const Response response = client.call(method, path, sent);
    INFO(method << " " << path << " " << sent.dump() << ": " << response.body.dump());
    CHECK(response.status == status);
  }
}

TEST_CASE("dbaas: the catalogue", "[simulator]") {
  Client client;
  const Json types = client.get("/dbaas-service-type")["dbaas-service-types"];
  REQUIRE(types.size() == 3);
  for (const Json& type : types)
    CHECK(client.get("/dbaas-service-type/" + type["name"].get<std::string>()) == type);
  CHECK(types[0]["plans"][0]["name"] == "hobbyist-2");
  CHECK(client.call("GET", "/dbaas-service-type/redis").status == 404);
  CHECK_THAT(client.get("/dbaas-ca-certificate")["certificate"].get<std::string>(),
             Catch::StartsWith("-----BEGIN CERTIFICATE-----"));
  for (const char* name : {"mysql", "pg", "valkey"})
    CHECK(client.get(std::string("/dbaas-settings-") + name)["settings"].contains(name));
}

TEST_CASE("dbaas: a saved account goes on where it was", "[simulator]") {
  Client first;
  for (const Engine& engine : engines)
    first.finish("POST", engine.path + std::string("-") + engine.type, body());
  first.pass(seconds{100});
  Client second;
  REQUIRE_FALSE(second.cloud.load(first.cloud.save(), first.now));
  second.now = first.now;
  for (Client* client : {&first, &second}) client->settle();
  CHECK(first.get("/dbaas-service") == second.get("/dbaas-service"));
  CHECK(first.get("/dbaas-service")["dbaas-services"][2]["state"] == "running");
}

}  // namespace
}  // namespace stackctl::simulator::testing
