#include "exoscale/api/signature.h"

#include <catch2/catch.hpp>

using namespace stackctl;

namespace {

constexpr std::string_view kKey = "EXO0123456789abcdef01234567";
constexpr std::string_view kSecret = "stackctl-test-secret-0123456789abcdefABCDEF";
constexpr std::int64_t kExpires = 1893456000;
const std::string kBase = "https://api-ch-gva-2.exoscale.com/v2";

http::Request request(std::string method, const std::string& path, http::Fields query = {},
                      std::string body = {}) {
  http::Request made;
  made.method = std::move(method);
  made.url = kBase + path;
  made.query = std::move(query);
  made.body = std::move(body);
  return made;
}

std::string header(const std::string& arguments, const std::string& signature) {
  return "EXO2-HMAC-SHA256 credential=" + std::string(kKey) + arguments +
         ",expires=1893456000,signature=" + signature;
}

}  // namespace

TEST_CASE("exoscale signature: the vectors of Exoscale's clients") {
  struct Row {
    http::Request request;
    std::string message;
    std::string header;
  };
  const std::string id = "5c2e26fb-75c6-4ada-8dd0-0dcb32080f72";
  const std::string body = R"({"name": "web", "description": "front ends"})";
  const std::vector<Row> rows = {
      {request("GET", "/instance", {{"manager-type", "instance-pool"}, {"manager-id", id}}),
       "GET /v2/instance\n\n" + id + "instance-pool\n\n1893456000",
       header(",signed-query-args=manager-id;manager-type",
              "Dj7SKwpRN2Traphzq9mXjnBQ+qT/0HG5ZdQ+KS9xd08=")},
      {request("GET", "/instance", {{"labels", "env=prod é"}, {"ip-address", "192.0.2.7"}}),
       "GET /v2/instance\n\n192.0.2.7env=prod é\n\n1893456000",
       header(",signed-query-args=ip-address;labels",
              "IvuQZn/ilVHCIISxZI1D43K7XhfWScANtfRcT1babnY=")},
      {request("POST", "/security-group", {}, body),
       "POST /v2/security-group\n" + body + "\n\n\n1893456000",
       header("", "jwfWS2ZplWRKCv3vtJfn8xztEEcs+BzwCKE29WlVzhs=")},
      {request("PUT", "/instance/" + id + ":stop"),
       "PUT /v2/instance/" + id + ":stop\n\n\n\n1893456000",
       header("", "BGdtxqxXEUhhN29wx28ECtWapXrgl9NNjUGIbwD+iYc=")},
  };
  for (const Row& row : rows) {
    CAPTURE(row.request.method, row.request.url);
    CHECK(exoscale::signed_message(row.request, kExpires) == row.message);
    CHECK(exoscale::authorization(row.request, kKey, kSecret, kExpires) == row.header);
  }
}

TEST_CASE("exoscale signature: the vectors of Exoscale's own tests") {
  const std::string key = "EXO" + std::string(24, 'x');
  const std::string secret(43, 'X');
  const auto signature = [&](http::Fields query) {
    const std::string value =
        exoscale::authorization(request("GET", "/zone", std::move(query)), key, secret, 3376684800);
    return value.substr(value.find("signature=") + 10);
  };
  CHECK(signature({}) == "Ntbq/p0HVmA3Zg1HHY+Lq1vjFGi7HeMrrgXDS5jRNlY=");
  CHECK(signature({{"k2", "v2"}, {"k1", "v1"}}) == "iqOBz13+44L5j0uJclE8hmUhQQcvtCSoPEOXYK6liqY=");
}

TEST_CASE("exoscale signature: an argument that occurs twice is not signed") {
  const auto twice = request("GET", "/instance", {{"a", "1"}, {"b", "2"}, {"a", "3"}});
  CHECK(exoscale::signed_message(twice, 7) == "GET /v2/instance\n\n2\n\n7");
  CHECK(exoscale::authorization(twice, "K", "S", 7).find("signed-query-args=b,") !=
        std::string::npos);
}
