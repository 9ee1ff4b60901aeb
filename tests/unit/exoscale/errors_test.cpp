#include "exoscale/api/errors.h"

#include <catch2/catch.hpp>

using namespace stackctl;

namespace {

Judgement judged(const std::string& method, int status, const std::string& body) {
  Call call;
  call.request.method = method;
  http::Reply reply;
  reply.status = status;
  reply.body = body;
  return exoscale::judge(call, reply);
}

}  // namespace

TEST_CASE("exoscale errors: verdicts") {
  struct Row {
    std::string method;
    int status;
    std::string body;
    Verdict verdict;
  };
  const std::vector<Row> rows = {
      {"GET", 200, "{}", Verdict::ok},
      {"DELETE", 404, R"({"message":"Not Found"})", Verdict::gone},
      {"GET", 404, "", Verdict::gone},
      {"DELETE", 409, R"({"message":"Cannot delete group when it's in use by virtual machines"})",
       Verdict::in_use},
      {"DELETE", 409, R"({"message":"The instance pool is already being destroyed."})",
       Verdict::in_use},
      {"POST", 409, R"({"message":"The SSH key is already there"})", Verdict::failed},
      {"PUT", 409, R"({"message":"The nodepool is already being updated"})", Verdict::transient},
      {"PUT", 409, R"({"message":"Name taken"})", Verdict::failed},
      {"DELETE", 403,
       R"({"message":"Operation destroyInstancePool on resource 1 is forbidden - reason: Locked by NLB 2"})",
       Verdict::in_use},
      {"GET", 403, R"({"message":"Invalid request signature"})", Verdict::failed},
      {"GET", 403, R"({"message":"Forbidden"})", Verdict::failed},
      {"DELETE", 400, R"({"message":"the address is attached to an instance"})", Verdict::in_use},
      {"POST", 400, R"({"message":"the name is in use"})", Verdict::failed},
      {"GET", 408, "", Verdict::transient},
      {"GET", 429, R"({"error":"slow down","retry_after":2})", Verdict::throttled},
      {"GET", 500, "oops", Verdict::transient},
      {"GET", 501, "", Verdict::failed},
      {"GET", 503, R"({"message":"Endpoint template temporarily unavailable"})",
       Verdict::transient},
      {"GET", 301, "", Verdict::failed},
  };
  for (const Row& row : rows) {
    CAPTURE(row.method, row.status, row.body);
    CHECK(judged(row.method, row.status, row.body).verdict == row.verdict);
  }
}

TEST_CASE("exoscale errors: messages from every shape of body") {
  struct Row {
    std::string body;
    std::string message;
  };
  const std::vector<Row> rows = {
      {R"({"message":"Not Found"})", "Not Found"},
      {R"({"error":"slow down"})", "slow down"},
      {R"({"errors":[{"message":"name: too long"}],"message":"invalid request"})",
       "invalid request: name: too long"},
      {R"({"errors":[{"message":"invalid request"}],"message":"invalid request"})",
       "invalid request"},
      {R"({"errors":["a","b"]})", "a: b"},
      {R"({"errors":[{"detail":"must be positive","location":"body.size"}]})",
       "must be positive (body.size)"},
      {R"({"type":"about:blank","title":"Conflict","status":409,"detail":"in use"})",
       "Conflict: in use"},
      {"<html>Bad Gateway</html>\n", "<html>Bad Gateway</html>"},
      {"[1]", "[1]"},
      {R"({"message":{"a":1},"errors":7})", ""},
      {"", ""},
      {std::string(300, 'x'), std::string(200, 'x')},
  };
  for (const Row& row : rows) {
    CAPTURE(row.body);
    CHECK(exoscale::message_in(row.body) == row.message);
  }
}

TEST_CASE("exoscale errors: a refused signature says what to look at") {
  CHECK(judged("GET", 403, R"({"message":"Invalid request signature"})").message ==
        "Invalid request signature; check the API secret and this machine's clock");
  CHECK(judged("GET", 200, R"({"message":"x"})").message.empty());
}
