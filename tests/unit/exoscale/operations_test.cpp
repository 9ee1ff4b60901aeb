#include "exoscale/api/operations.h"

#include "unit/exoscale/support.h"

using namespace stackctl;
using namespace exoscale_test;

namespace {

http::Reply reply(const std::string& body) {
  http::Reply made;
  made.status = 200;
  made.body = body;
  return made;
}

}  // namespace

TEST_CASE("exoscale operations: what comes after an accepted call") {
  struct Row {
    std::string body;
    std::string next;
  };
  const std::vector<Row> rows = {
      {R"({"id":"op-1","state":"success","reference":{"id":"x"}})", "settled"},
      {R"({"id":"op-1","state":"success"})", "settled"},
      {R"({"id":"op-1","state":"pending"})", "GET /operation/op-1"},
      {R"({"id":"a b","state":"pending"})", "GET /operation/a%20b"},
      {R"({"id":"..","state":"pending"})",
       "create-x: the answer cannot be read: its id cannot stand in a path"},
      {R"({"state":"pending"})", "settled"},
      {R"({"id":"op-1","state":"failure","reason":"unavailable","message":"no host"})",
       "the operation ended in failure (unavailable): no host (operation op-1)"},
      {R"({"id":"op-1","state":"timeout"})", "the operation ended in timeout: (operation op-1)"},
      {R"({"id":"op-1","state":"brand-new"})", "settled"},
      {R"({"name":"an object at once"})", "settled"},
      {"no json", "create-x: the answer cannot be read: invalid JSON at byte 2"},
      {"", "create-x: the answer cannot be read: invalid JSON at byte 1"},
      {"[]", "create-x: the answer cannot be read: it is no JSON object"},
  };
  Call call;
  call.operation = "create-x";
  for (const Row& row : rows) {
    CAPTURE(row.body);
    const Progress progress = exoscale::follow(api, call, reply(row.body));
    std::string next = "settled";
    if (const Poll* poll = std::get_if<Poll>(&progress)) next = written(poll->call);
    if (const Fail* fail = std::get_if<Fail>(&progress))
      next = fail->why.summary + ": " + fail->why.detail;
    CHECK(next == row.next);
  }
}

TEST_CASE("exoscale operations: only success ends a deletion") {
  struct Row {
    std::string body;
    bool is_settled;
  };
  const std::vector<Row> rows = {
      {R"({"id":"op-1","state":"success"})", true},
      {R"({"id":"op-1","state":"brand-new"})", false},
      {R"({"state":"pending"})", false},
      {"{}", false},
      {"", false},
      {"<html>", false},
  };
  for (const Row& row : rows) {
    CAPTURE(row.body);
    const Call gone = api.remove("delete-x", "/x");
    CHECK(std::holds_alternative<Settled>(exoscale::follow(api, gone, reply(row.body))) ==
          row.is_settled);
    const Call poll = api.get("get-operation", "/operation/op-1");
    CHECK(std::holds_alternative<Settled>(exoscale::follow(api, poll, reply(row.body))) ==
          row.is_settled);
  }
  http::Reply refused = reply("");
  refused.status = 404;
  CHECK(std::holds_alternative<Settled>(
      exoscale::follow(api, api.remove("delete-x", "/x"), refused)));
}

TEST_CASE("exoscale operations: the id of what was made") {
  CHECK(exoscale::reference_id(reply(R"({"reference":{"id":"x"}})")) == "x");
  CHECK(exoscale::reference_id(reply(R"({"state":"success"})")).empty());
  CHECK(exoscale::reference_id(reply(R"({"reference":[1]})")).empty());
  CHECK(exoscale::reference_id(reply("")).empty());
}

TEST_CASE("exoscale operations: reads, writes and what may be repeated") {
  CHECK(api.get("list", "/zone").access == Access::read);
  CHECK(api.create("make", "/x", Map{}).repeat == Repeat::look_first);
  CHECK(api.put("change", "/x").repeat == Repeat::freely);
  CHECK(api.put("change", "/x").request.body.empty());
  CHECK(api.put("change", "/x", Map{}).request.body == "{}");
  CHECK(http::find(api.put("change", "/x", Map{}).request.headers, "content-type") ==
        "application/json");
}
