// Every request that is refused for its form, and how.
#include <catch2/catch.hpp>

#include "refusal.h"

namespace stackctl::simulator::testing {
namespace {

constexpr const char* key_text = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGkq someone";

TEST_CASE("requests that lead nowhere are refused", "[simulator]") {
  Client client;
  const std::string missing = std::string("/instance/") + nobody;
  check(client, {
                    {"unknown path", "GET", "/nothing", nullptr, 404, "Not Found"},
                    {"unknown verb", "PUT", missing + ":explode", nullptr, 404, "Not Found"},
                    {"wrong method", "PUT", "/instance", nullptr, 405, "Method Not Allowed"},
                    {"no such instance", "GET", missing, nullptr, 404, "not found"},
                    {"delete of what is gone", "DELETE", missing, nullptr, 404, "not found"},
                    {"id is no UUID", "GET", "/instance/web", nullptr, 400, "id: must be a UUID"},
                    {"no such operation", "GET", std::string("/operation/") + nobody, nullptr, 404,
                     "not found"},
                    {"no such key", "DELETE", "/ssh-key/mine", nullptr, 404, "not found"},
                    {"no such quota", "GET", "/quota/moons", nullptr, 404, "not found"},
                });
}

TEST_CASE("arguments are checked", "[simulator]") {
  Client client;
  const std::tuple<const char*, http::Fields, const char*> cases[] = {
      {"/security-group", {{"visibility", "secret"}}, "visibility: must be one of"},
      {"/security-group", {{"family", "x"}}, "family: unknown argument"},
      {"/instance", {{"labels", "a=b"}}, "not documented"},
      {"/instance", {{"manager-type", "sks-nodepool"}}, "manager-type: must be one of"},
      {"/instance", {{"ip-address", ""}}, "ip-address: has an invalid length"},
  };
  for (const auto& [path, query, message] : cases) {
    const Response response = client.call("GET", path, nullptr, query);
    INFO(path << " " << response.body.dump());
    CHECK(response.status == 400);
    CHECK_THAT(response.message(), Catch::Contains(message));
  }
}

TEST_CASE("bodies are checked", "[simulator]") {
  Client client;
  const std::string group = client.group("web");
  const std::string rules = "/security-group/" + group + "/rules";
  const Json tcp{{"flow-direction", "ingress"}, {"protocol", "tcp"}};
  const auto rule = [&](const Json& more) {
    Json body = tcp;
    body.update(more);
    return body;
  };
  const Json any{{"network", "0.0.0.0/0"}};
  const auto open = [&](Json more) {
    more.update(any);
    return rule(more);
  };
  check(
      client,
      {
          {"no body", "POST", "/security-group", nullptr, 400, "body: missing"},
          {"not an object", "POST", "/security-group", Json::array(), 400, "must be an object"},
          {"required", "POST", "/security-group", Json::object(), 400, "name: missing"},
          {"unknown",
           "POST",
           "/security-group",
           {{"name", "a"}, {"labels", Json::object()}},
           400,
           "labels: unknown field"},
          {"too short",
           "POST",
           "/security-group",
           {{"name", ""}},
           400,
           "name: has an invalid length"},
          {"too long", "POST", "/security-group", {{"name", std::string(256, 'x')}}, 400, "length"},
          {"wrong type", "POST", "/security-group", {{"name", 5}}, 400, "name: must be a string"},
          {"null", "POST", "/security-group", {{"name", nullptr}}, 400, "name: must be a string"},
          {"body where none is taken",
           "DELETE",
           "/security-group/" + group,
           {{"x", 1}},
           400,
           "unknown"},
          {"enum",
           "POST",
           rules,
           {{"flow-direction", "in"}, {"protocol", "tcp"}},
           400,
           "must be one of"},
          {"neither network nor group", "POST", rules, rule({{"start-port", 1}, {"end-port", 1}}),
           400, "exactly one"},
          {"no ports", "POST", rules, rule(any), 400, "needs start-port"},
          {"ports the wrong way round", "POST", rules, open({{"start-port", 2}, {"end-port", 1}}),
           400, "end-port"},
          {"port 0", "POST", rules, open({{"start-port", 0}, {"end-port", 1}}), 400,
           "out of range"},
          {"port is a text", "POST", rules, open({{"start-port", "1"}, {"end-port", 1}}), 400,
           "integer"},
          {"huge port", "POST", rules,
           open({{"start-port", 18446744073709551615U}, {"end-port", 1}}), 400, "out of range"},
          {"no CIDR", "POST", rules,
           rule({{"network", "0.0.0.0"}, {"start-port", 1}, {"end-port", 1}}), 400,
           "network: is invalid"},
          {"CIDR too long", "POST", rules,
           rule({{"network", "10.0.0.0/33"}, {"start-port", 1}, {"end-port", 1}}), 400, "network"},
          {"icmp without type", "POST", rules, open({{"protocol", "icmp"}}), 400, "icmp: missing"},
          {"ports of icmp", "POST", rules,
           open(
               {{"protocol", "icmp"}, {"start-port", 1}, {"end-port", 1}, {"icmp", {{"type", 8}}}}),
           400, "has no ports"},
          {"whole group in a rule", "POST", rules,
           rule({{"security-group", {{"id", group}, {"name", "web"}}},
                 {"start-port", 1},
                 {"end-port", 1}}),
           400, "stands alone"},
          {"missing group in a rule", "POST", rules,
           rule({{"security-group", {{"id", nobody}}}, {"start-port", 1}, {"end-port", 1}}), 404,
           "not found"},
          {"missing public group in a rule", "POST", rules,
           rule({{"security-group", {{"name", "x"}, {"visibility", "public"}}},
                 {"start-port", 1},
                 {"end-port", 1}}),
           404, "not found"},
          {"key name",
           "POST",
           "/ssh-key",
           {{"name", "-x"}, {"public-key", key_text}},
           400,
           "name: is invalid"},
          {"no key",
           "POST",
           "/ssh-key",
           {{"name", "x"}, {"public-key", "hello"}},
           400,
           "public-key"},
      });
}

TEST_CASE("settings of machines are checked", "[simulator]") {
  Client client;
  const auto instance = [&](const Json& more) { return client.instance_body(more); };
  const auto pool = [&](const Json& more) { return client.pool_body(more); };
  const Json reference{{"id", client.image()}};
  check(
      client,
      {
          {"no host name", "POST", "/instance", instance({{"name", "test_name"}}), 400,
           "name: is invalid"},
          {"small disk", "POST", "/instance", instance({{"disk-size", 9}}), 400, "disk-size"},
          {"whole object as a reference", "POST", "/instance",
           instance({{"template", {{"id", client.image()}, {"name", "x"}}}}), 400, "only 'id'"},
          {"reference by another key", "POST", "/instance",
           instance({{"template", {{"name", "x"}}}}), 400, "only 'id'"},
          {"reference is a text", "POST", "/instance", instance({{"template", client.image()}}),
           400, "only 'id'"},
          {"reference is no UUID", "POST", "/instance", instance({{"template", {{"id", "x"}}}}),
           400, "UUID"},
          {"reference to nothing", "POST", "/instance", instance({{"template", {{"id", nobody}}}}),
           404, "template 00000000-0000-4000-a000-000000000000 not found"},
          {"reference to another type", "POST", "/instance",
           instance({{"instance-type", reference}}), 404, "instance-type"},
          {"unknown key", "POST", "/instance", instance({{"ssh-keys", {{{"name", "x"}}}}}), 404,
           "ssh-key x"},
          {"twice the same", "POST", "/instance",
           instance({{"security-groups", {{{"id", nobody}}, {{"id", nobody}}}}}), 400,
           "is a duplicate"},
          {"labels are a map of texts", "POST", "/instance", instance({{"labels", {{"a", 1}}}}),
           400, "labels.a: must be a string"},
          {"user data is no base64", "POST", "/instance", instance({{"user-data", "#!/bin/sh"}}),
           400, "user-data"},
          {"user data is empty", "POST", "/instance", instance({{"user-data", ""}}), 400,
           "user-data"},
          {"user data is too long", "POST", "/instance",
           instance({{"user-data", std::string(32768, 'A')}}), 400, "user-data"},
          {"unauthorised type", "POST", "/instance",
           instance({{"instance-type", {{"id", client.instance_type("gpu3", "small")}}}}), 403,
           "not authorized"},
          {"no size", "POST", "/instance-pool", instance(Json::object()), 400, "size: missing"},
          {"size 0", "POST", "/instance-pool", pool({{"size", 0}}), 400, "size: is out of range"},
          {"long prefix", "POST", "/instance-pool",
           pool({{"instance-prefix", std::string(31, 'x')}}), 400, "instance-prefix"},
          {"nullable only in updates", "POST", "/instance-pool",
           pool({{"security-groups", nullptr}}), 400, "must be an array"},
      });
}

TEST_CASE("all faults of a body are told at once", "[simulator]") {
  Client client;
  const Response response = client.call("POST", "/load-balancer", {{"x", 1}, {"labels", 2}});
  REQUIRE(response.status == 400);
  CHECK(response.body["errors"].size() == 3);
  CHECK(response.body["errors"][0]["message"].is_string());
}

TEST_CASE("hostile bodies are refused", "[simulator]") {
  Client client;
  const std::pair<std::string, int> cases[] = {
      {"{", 400},
      {std::string(200'000, '['), 400},
      {std::string(400'000, '[') + std::string(400'000, ']'), 400},
      {"\xff", 400},
      {"{\"name\": \"\xff\"}", 400},
      {std::string(2'000'000, ' '), 413},
      {"null", 400},
  };
  for (const auto& [body, status] : cases)
    CHECK(client.send(signed_request(client.now, "POST", "/security-group", body)).status ==
          status);

  http::Request request = signed_request(client.now, "POST", "/security-group", R"({"name":"a"})");
  http::set(request.headers, "Content-Type", "text/plain");
  CHECK(client.send(request).status == 415);
}

}  // namespace
}  // namespace stackctl::simulator::testing
