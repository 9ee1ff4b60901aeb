// Load balancers, their services, and the health of what stands behind them.
#include <catch2/catch.hpp>

#include "client.h"

namespace stackctl::simulator::testing {
namespace {

using std::chrono::seconds;

constexpr const char* user_data = "IyEvYmluL3NoCg==";

Json http_health() {
  return {{"mode", "http"}, {"port", 80},   {"uri", "/"},
          {"interval", 10}, {"timeout", 5}, {"retries", 1}};
}

Json service_body(const std::string& pool) {
  return {{"name", "http"},
          {"instance-pool", {{"id", pool}}},
          {"protocol", "tcp"},
          {"strategy", "round-robin"},
          {"port", 80},
          {"target-port", 80},
          {"healthcheck", http_health()}};
}

TEST_CASE("load balancers: unique names, health of members, locked pools", "[simulator]") {
  Client client;
  const std::string pool =
      client.finish("POST", "/instance-pool", client.pool_body({{"user-data", user_data}}));
  const std::string id = client.finish("POST", "/load-balancer", {{"name", "lb"}});
  const std::string path = "/load-balancer/" + id;
  CHECK_THAT(client.call("POST", "/load-balancer", {{"name", "lb"}}).message(),
             Catch::Contains("already exists"));

  client.settle();
  CHECK(client.finish("POST", path + "/service", service_body(pool)) == id);
  Json service = client.get(path)["services"][0];
  CHECK(service["instance-pool"] == Json{{"id", pool}});
  CHECK(service["healthcheck-status"].size() == 2);
  client.pass(seconds{60});
  for (const Json all = client.get(path);
       const Json& status : all["services"][0]["healthcheck-status"])
    CHECK(status["status"] == "success");

  CHECK(client.call("POST", path + "/service", service_body(pool)).status == 409);  // same port
  const Response locked = client.call("DELETE", "/instance-pool/" + pool);
  CHECK(locked.status == 403);
  CHECK_THAT(locked.message(), Catch::Contains("Locked by NLB " + id));
  CHECK(client.call("DELETE", path).status == 409);
  client.finish("DELETE", path + "/service/" + service["id"].get<std::string>());
  client.finish("DELETE", path);
  client.finish("DELETE", "/instance-pool/" + pool);
}

TEST_CASE("members without anything installed never get healthy", "[simulator]") {
  Client client;
  const std::string pool = client.finish("POST", "/instance-pool", client.pool_body());
  const std::string path =
      "/load-balancer/" + client.finish("POST", "/load-balancer", {{"name", "lb"}});
  client.finish("POST", path + "/service", service_body(pool));
  client.pass(std::chrono::hours{1});
  CHECK(client.get(path)["services"][0]["healthcheck-status"][0]["status"] == "failure");
}

TEST_CASE("health checks: rules and residue", "[simulator]") {
  Client client;
  const std::string pool = client.finish("POST", "/instance-pool", client.pool_body());
  const std::string balancer =
      "/load-balancer/" + client.finish("POST", "/load-balancer", {{"name", "lb"}});
  const std::pair<Json, const char*> refusals[] = {
      {{{"mode", "http"}, {"port", 80}}, "uri"},
      {{{"mode", "tcp"}, {"port", 80}, {"uri", "/"}}, "mode tcp takes no uri"},
      {{{"mode", "tcp"}, {"port", 80}, {"tls-sni", "x"}}, "mode tcp"},
      {{{"mode", "https"}, {"port", 80}, {"uri", "/"}, {"tls-sni", ""}}, "tls-sni"},
      {{{"mode", "tcp"}, {"port", 80}, {"interval", 5}, {"timeout", 6}}, "interval"},
      {{{"mode", "tcp"}, {"port", 80}, {"interval", 4}}, "interval"},
      {{{"port", 80}}, "mode and port"},
  };
  for (const auto& [health, message] : refusals) {
    Json body = service_body(pool);
    body["healthcheck"] = health;
    const Response response = client.call("POST", balancer + "/service", body);
    INFO(health.dump());
    CHECK(response.status == 400);
    CHECK_THAT(response.message(), Catch::Contains(message));
  }
  client.finish("POST", balancer + "/service", service_body(pool));
  const std::string path =
      balancer + "/service/" + client.get(balancer)["services"][0]["id"].get<std::string>();
  client.finish("PUT", path, {{"healthcheck", {{"mode", "tcp"}}}});
  CHECK(client.get(path)["healthcheck"]["uri"] == "/");  // it stays behind
  Json whole = http_health();
  whole.erase("uri");
  whole["mode"] = "tcp";
  client.finish("PUT", path, {{"healthcheck", whole}});
  CHECK(client.get(path)["healthcheck"] == whole);
  CHECK(client.call("PUT", path, {{"instance-pool", {{"id", pool}}}}).status == 400);
}

}  // namespace
}  // namespace stackctl::simulator::testing
