// Bad answers to changes, and to what follows from them.
#include <catch2/catch.hpp>

#include "conformance/hostile.h"
#include "support/example.h"

using namespace stackctl;
using hostile::is_harmless;
using hostile::nested;
using hostile::reply_with;
using Hostile = hostile::Cloud;

namespace {

std::vector<Declaration> few() {
  return support::load_text(R"(
stack: shop
provider: exoscale
resources:
  sg: {kind: security_group, ingress: [{port: 80, from: 0.0.0.0/0}]}
  web:
    kind: instance_pool
    count: 2
    image: Linux Debian 12 (Bookworm) 64-bit
    size: small
    security_groups: ["${sg}"]
  lb:
    kind: load_balancer
    listeners: [{port: 80, targets: "${web}", health: {type: tcp}}]
  key: {kind: key_pair, public_key: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGk0 me}
  data: {kind: bucket, name: shop-data}
)")
      .stack.resources;
}

/// Lets everything through to the cloud and answers one change, or what follows from it, itself.
struct Spoiler {
  std::size_t number = 0;  ///< of the change that is spoilt
  std::size_t seen = 0;
  http::Reply reply;
  std::string spoilt = {};  ///< what was asked

  std::optional<http::Reply> operator()(const std::string& question) {
    const bool is_change = !question.starts_with("GET ");
    if (!is_change || seen++ != number) return std::nullopt;
    spoilt = question;
    return reply;
  }
};

const std::vector<http::Reply>& bad_answers() {
  static const std::vector<http::Reply> answers = {
      reply_with(200, ""),
      reply_with(204, ""),
      reply_with(200, "<html><body>Please log in</body></html>"),
      reply_with(200, "[]"),
      reply_with(200, "{}"),
      reply_with(200, R"({"state":"pending"})"),
      reply_with(200, R"({"id":"op","state":"unheard-of","reference":{"id":"x"}})"),
      reply_with(200, R"({"id":"../../instance","state":"pending","reference":{"id":"../.."}})"),
      reply_with(200, R"({"id":7,"state":[],"reference":"x"})"),
      reply_with(200, R"({"id":"op","state":"success","reference":{"id":"no such id"}})"),
      reply_with(200, nested(100'000)),
      reply_with(302, ""),
      reply_with(400, R"({"message":"\u001b[2J)" + std::string(2'000'000, 'x') + "\"}"),
      reply_with(400, std::string("\x1b]0;x\x07\xff") + '\0' + std::string(2'000'000, '<')),
  };
  return answers;
}

std::size_t count_changes(const std::vector<Declaration>& declarations, bool is_destroy) {
  Hostile hostile(declarations);
  if (is_destroy) CHECK(hostile.apply() == "");
  std::size_t changes = 0;
  hostile.answer = [&](const std::string& question) {
    changes += question.starts_with("GET ") ? 0 : 1;
    return std::nullopt;
  };
  CHECK((is_destroy ? hostile.destroy() : hostile.apply()) == "");
  return changes;
}

}  // namespace

TEST_CASE(
    "hostile cloud: a bad answer to any change of an apply ends, and the next apply mends it") {
  const std::vector<Declaration> declarations = few();
  Hostile fresh(declarations);
  REQUIRE(fresh.apply() == "");
  const std::multiset<std::string> all = fresh.owned();
  const std::size_t changes = count_changes(declarations, false);
  CHECK(changes >= 6);
  for (std::size_t number = 0; number < changes; ++number)
    for (const http::Reply& reply : bad_answers()) {
      Spoiler spoiler{number, 0, reply};
      Hostile hostile(declarations);
      hostile.answer = [&](const std::string& question) { return spoiler(question); };
      const std::string fault = hostile.apply();
      INFO(spoiler.spoilt << " " << reply.status << " " << reply.body.substr(0, 60) << "\n"
                          << fault.substr(0, 300));
      CHECK(is_harmless(fault));
      CHECK(fault.size() < 3000);
      hostile.answer = {};
      CHECK(hostile.apply() == "");
      CHECK(hostile.owned() == all);
      CHECK(support::brief(hostile.plan()) == "");
    }
}

TEST_CASE("hostile cloud: a destroy is clean only when all is gone") {
  const std::vector<Declaration> declarations = few();
  const std::size_t changes = count_changes(declarations, true);
  CHECK(changes >= 6);
  for (std::size_t number = 0; number < changes; ++number)
    for (const http::Reply& reply : bad_answers()) {
      Spoiler spoiler{number, 0, reply};
      Hostile hostile(declarations);
      REQUIRE(hostile.apply() == "");
      hostile.answer = [&](const std::string& question) { return spoiler(question); };
      const std::string fault = hostile.destroy();
      INFO(spoiler.spoilt << " " << reply.status << " " << reply.body.substr(0, 60) << "\n"
                          << fault.substr(0, 300));
      CHECK(is_harmless(fault));
      hostile.answer = {};
      if (fault.empty()) CHECK(hostile.owned().empty());
      CHECK(hostile.destroy() == "");
      CHECK(hostile.owned().empty());
    }
}

TEST_CASE("hostile cloud: operations that never end, and pages that lead to themselves, end") {
  struct Row {
    std::string asked;  ///< what its question begins with
    std::string body;
    std::string fault;
  };
  const std::vector<Row> rows = {
      {"GET /operation/", R"({"id":"op","state":"pending"})", "timed out after"},
      {"GET /operation/", "<html>", "get-operation: the answer cannot be read"},
      {"GET /operation/", "{}", "get-operation: the answer cannot be read"},
      {"GET sos /shop-data?versions",
       "<ListVersionsResult><IsTruncated>true</IsTruncated><NextKeyMarker>a</NextKeyMarker>"
       "</ListVersionsResult>",
       "leads to itself"},
      {"GET sos /shop-data?versions", "<html/>", "the answer cannot be read"},
      {"GET sos /shop-data?versions", std::string(100'000, '<'), "the answer cannot be read"},
  };
  for (const Row& row : rows) {
    INFO(row.asked << " " << row.body.substr(0, 60));
    Hostile hostile(few());
    REQUIRE(hostile.apply() == "");
    const engine::Plan plan = hostile.plan_to_destroy();
    hostile.answer = [&](const std::string& question) {
      return question.starts_with(row.asked) ? std::optional(reply_with(200, row.body))
                                             : std::nullopt;
    };
    const std::string fault = hostile.carry_out(plan);
    CHECK(fault.find(row.fault) != std::string::npos);
    hostile.answer = {};
    CHECK(hostile.destroy() == "");
    CHECK(hostile.owned().empty());
  }
}
