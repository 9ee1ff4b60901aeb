#include "simulator/signature.h"

#include <catch2/catch.hpp>

#include "client.h"

namespace stackctl::simulator::testing {
namespace {

constexpr std::string_view key = "EXO0123456789abcdef01234567";
constexpr std::string_view secret = "stackctl-test-secret-0123456789abcdefABCDEF";
constexpr Time expiry{std::chrono::seconds{1893456000}};

struct Vector {
  const char* method;
  const char* path;
  const char* query;
  const char* body;
  const char* names;
  const char* signature;
};

// Made by the official Python client with a fixed clock.
constexpr Vector vectors[] = {
    {"GET", "/v2/instance",
     "manager-type=instance-pool&manager-id=5c2e26fb-75c6-4ada-8dd0-0dcb32080f72", "",
     "manager-id;manager-type", "Dj7SKwpRN2Traphzq9mXjnBQ+qT/0HG5ZdQ+KS9xd08="},
    {"GET", "/v2/instance", "labels=env%3Dprod+%C3%A9&ip-address=192.0.2.7", "",
     "ip-address;labels", "IvuQZn/ilVHCIISxZI1D43K7XhfWScANtfRcT1babnY="},
    {"POST", "/v2/security-group", "", R"({"name": "web", "description": "front ends"})", "",
     "jwfWS2ZplWRKCv3vtJfn8xztEEcs+BzwCKE29WlVzhs="},
    {"PUT", "/v2/instance/5c2e26fb-75c6-4ada-8dd0-0dcb32080f72:stop", "", "", "",
     "BGdtxqxXEUhhN29wx28ECtWapXrgl9NNjUGIbwD+iYc="},
};

http::Request request_of(const Vector& vector) {
  http::Request request;
  request.method = vector.method;
  request.url = std::string("https://api-ch-gva-2.example") + vector.path;
  request.query = http::parse_query(vector.query);
  request.body = vector.body;
  std::string header = "EXO2-HMAC-SHA256 credential=" + std::string(key);
  if (*vector.names != 0) header += std::string(",signed-query-args=") + vector.names;
  header += std::string(",expires=1893456000,signature=") + vector.signature;
  request.headers = {{"Authorization", header}};
  return request;
}

TEST_CASE("signatures of the official client are accepted", "[simulator]") {
  for (const Vector& vector : vectors) {
    INFO(vector.method << " " << vector.path << "?" << vector.query);
    CHECK_FALSE(check_signature(request_of(vector), key, secret, expiry));
    CHECK(check_signature(request_of(vector), key, secret, expiry + Duration{1}) ==
          "Invalid request signature: expired");
  }
}

TEST_CASE("whatever is signed cannot be changed", "[simulator]") {
  using Change = void (*)(http::Request&);
  const std::pair<const char*, Change> changes[] = {
      {"method", [](http::Request& r) { r.method = "DELETE"; }},
      {"path", [](http::Request& r) { r.url += "x"; }},
      {"body", [](http::Request& r) { r.body += " "; }},
      {"argument", [](http::Request& r) { r.query.emplace_back("visibility", "public"); }},
      {"no header", [](http::Request& r) { r.headers.clear(); }},
      {"other scheme", [](http::Request& r) { r.headers[0].second = "Bearer x"; }},
      {"expiry",
       [](http::Request& r) {
         auto& header = r.headers[0].second;
         header.replace(header.find("1893456000"), 10, "1893456001");
       }},
      {"signature", [](http::Request& r) { r.headers[0].second.back() = 'x'; }},
      {"credential", [](http::Request& r) { r.headers[0].second.insert(30, "x"); }},
      {"part without a value", [](http::Request& r) { r.headers[0].second += ",signature"; }},
  };
  for (const Vector& vector : vectors)
    for (const auto& [name, change] : changes) {
      INFO(vector.path << ", " << name);
      http::Request request = request_of(vector);
      change(request);
      CHECK(check_signature(request, key, secret, expiry) == "Invalid request signature");
    }
}

TEST_CASE("only the list of zones is public", "[simulator]") {
  Client client;
  http::Request request;
  request.url = "http://127.0.0.1:8123/v2/zone";
  const Response zones = client.send(request);
  REQUIRE(zones.status == 200);
  CHECK(zones.body["zones"][0]["name"] == "ch-gva-2");
  CHECK(zones.body["zones"][0]["api-endpoint"] == "http://127.0.0.1:8123/v2");
  for (const char* path : {"/v2/instance", "/v2/nothing", "/"}) {
    request.url = std::string("http://127.0.0.1:8123") + path;
    const Response refused = client.send(request);
    CHECK(refused.status == 403);
    CHECK(refused.body == Json{{"message", "Invalid request signature"}});
  }
}

}  // namespace
}  // namespace stackctl::simulator::testing
