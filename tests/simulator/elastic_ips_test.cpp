// Elastic IPs, and the names that addresses resolve to.
#include "refusal.h"

namespace stackctl::simulator::testing {
namespace {

const Json& tcp_check() {
  static const Json check{{"mode", "tcp"}, {"port", 80}};
  return check;
}

TEST_CASE("elastic IPs: made, changed, read, deleted", "[simulator]") {
  Client client;
  const std::string id =
      client.finish("POST", "/elastic-ip", {{"description", "site"}, {"labels", {{"a", "b"}}}});
  const std::string path = "/elastic-ip/" + id;
  Json address = client.get(path);
  CHECK(address["addressfamily"] == "inet4");
  CHECK(address["ip"].is_string());
  CHECK_FALSE(address.contains("healthcheck"));
  CHECK(client.get("/elastic-ip")["elastic-ips"] == Json::array({address}));

  client.finish("PUT", path, {{"healthcheck", tcp_check()}, {"labels", Json::object()}});
  client.finish("DELETE", path + "/description");
  address = client.get(path);
  CHECK(address["healthcheck"] == Json{{"mode", "tcp"},
                                       {"port", 80},
                                       {"interval", 10},
                                       {"timeout", 3},
                                       {"strikes-ok", 3},
                                       {"strikes-fail", 2}});
  CHECK_FALSE(address.contains("description"));
  CHECK(address["labels"].empty());
  client.finish("DELETE", path);
  CHECK(client.call("GET", path).status == 404);

  const std::string wide = client.finish("POST", "/elastic-ip", {{"addressfamily", "inet6"}});
  CHECK_THAT(client.get("/elastic-ip/" + wide)["ip"].get<std::string>(),
             Catch::StartsWith("2001:"));
}

TEST_CASE("elastic IPs: health checks are checked", "[simulator]") {
  Client client;
  const auto post = [](const char* name, const Json& more, const char* message) {
    Json check = tcp_check();
    check.update(more);
    return Refusal{name, "POST", "/elastic-ip", {{"healthcheck", check}}, 400, message};
  };
  const std::string path = "/elastic-ip/" + client.finish("POST", "/elastic-ip", Json::object());
  check(client,
        {
            post("uri of tcp", {{"uri", "/"}}, "not for mode tcp"),
            post("no uri", {{"mode", "http"}}, "uri: required"),
            post("TLS of http", {{"mode", "http"}, {"uri", "/"}, {"tls-sni", "x"}},
                 "only mode https"),
            post("interval", {{"interval", 5}, {"timeout", 6}}, "must not be below timeout"),
            post("strikes", {{"strikes-ok", 21}}, "out of range"),
            {"no port", "PUT", path, {{"healthcheck", {{"mode", "tcp"}}}}, 400, "port: missing"},
            {"family is fixed", "PUT", path, {{"addressfamily", "inet6"}}, 400, "unknown field"},
            {"field", "DELETE", path + "/labels", nullptr, 400, "one of: description"},
        });
}

TEST_CASE("elastic IPs: held by several instances, not deleted meanwhile", "[simulator]") {
  Client client;
  const std::string id = client.finish("POST", "/elastic-ip", Json::object());
  const std::string path = "/elastic-ip/" + id;
  const std::string first = client.finish("POST", "/instance", client.instance_body());
  const std::string second = client.finish("POST", "/instance", client.instance_body());
  for (const std::string& instance : {first, second})
    CHECK(client.finish("PUT", path + ":attach", holder(instance)) == id);
  CHECK(client.get("/instance/" + first)["elastic-ips"] == Json::array({named(id)}));
  CHECK_FALSE(client.get("/instance")["instances"][0].contains("elastic-ips"));
  check(client, {
                    {"held already", "PUT", path + ":attach", holder(first), 409, "already"},
                    {"no instance", "PUT", path + ":attach", holder(nobody), 404, "instance"},
                    {"in use", "DELETE", path, nullptr, 409, "in use by instance"},
                });
  client.finish("PUT", path + ":detach", holder(first));
  CHECK_FALSE(client.get("/instance/" + first).contains("elastic-ips"));
  check(client, {{"not held", "PUT", path + ":detach", holder(first), 404, "does not have"}});
  client.finish("DELETE", "/instance/" + second);
  client.finish("DELETE", path);
}

TEST_CASE("elastic IPs of pools are held by all members", "[simulator]") {
  Client client;
  const std::string id = client.finish("POST", "/elastic-ip", Json::object());
  const Json addresses{{"elastic-ips", {named(id)}}};
  const std::string pool =
      "/instance-pool/" + client.finish("POST", "/instance-pool", client.pool_body());
  client.settle();
  client.finish("PUT", pool, addresses);
  const Json members = client.get(pool)["instances"];
  REQUIRE(members.size() == 2);
  for (const Json& member : members)
    CHECK(client.get("/instance/" + member["id"].get<std::string>())["elastic-ips"] ==
          addresses["elastic-ips"]);
  check(client, {{"in use", "DELETE", "/elastic-ip/" + id, nullptr, 409, "in use by"}});
  client.finish("DELETE", pool + "/elastic-ips");
  client.finish("DELETE", "/elastic-ip/" + id);
}

TEST_CASE("reverse DNS: set, replaced, taken away", "[simulator]") {
  Client client;
  const std::string instance = client.finish("POST", "/instance", client.instance_body());
  const std::string address = client.finish("POST", "/elastic-ip", Json::object());
  for (const std::string& path :
       {"/reverse-dns/instance/" + instance, "/reverse-dns/elastic-ip/" + address}) {
    check(client,
          {
              {"none yet", "GET", path, nullptr, 404, "reverse DNS"},
              {"none to delete", "DELETE", path, nullptr, 404, "reverse DNS"},
              {"no name", "POST", path, Json::object(), 400, "domain-name: missing"},
              {"bad name", "POST", path, {{"domain-name", "a..b"}}, 400, "domain-name: is invalid"},
          });
    client.finish("POST", path, {{"domain-name", "www.example.org"}});
    client.finish("POST", path, {{"domain-name", "mail.example.org."}});
    CHECK(client.get(path) == Json{{"domain-name", "mail.example.org."}});
    client.finish("DELETE", path);
    CHECK(client.call("GET", path).status == 404);
  }
  const std::string hidden =
      client.finish("POST", "/instance", client.instance_body({{"public-ip-assignment", "none"}}));
  check(client, {{"no address",
                  "POST",
                  "/reverse-dns/instance/" + hidden,
                  {{"domain-name", "www.example.org"}},
                  400,
                  "no public address"},
                 {"no instance", "GET", std::string("/reverse-dns/instance/") + nobody, nullptr,
                  404, "not found"}});
}

}  // namespace
}  // namespace stackctl::simulator::testing
