// The life of a bucket on the simulator. Unlike other types it is reached by S3 calls, cannot be
// marked by its create call, and may hold what nobody wants to lose.
#include <catch2/catch.hpp>

#include "support/account.h"

using namespace stackctl;
using support::Account;
using support::brief;
using support::desired;
using support::want;

namespace {

const std::string kUrl = "https://sos-ch-gva-2.exo.io/s-x";

const Value kRule = Map{{"allowed-origins", List{"https://example.org", "*"}},
                        {"allowed-methods", List{"PUT", "GET"}},
                        {"allowed-headers", List{"x-<&>"}},
                        {"max-age-seconds", 60}};

engine::Desired bucket(Map attributes = {}) {
  attributes.try_emplace("name", "s-x");
  return desired({want("x", "exoscale.bucket", std::move(attributes))});
}

bool is_there(Account& account, std::string_view id) {
  const engine::Live live = account.refresh(bucket());
  return std::ranges::any_of(live.objects, [&](const engine::BoundObject& bound) {
    return bound.object.type->name == "exoscale.bucket" && bound.object.id == id;
  });
}

}  // namespace

TEST_CASE("bucket: created, marked and quiet") {
  Account account;
  CHECK(brief(account.plan(bucket())) == "create x\n");
  account.apply(bucket());
  CHECK(brief(account.plan(bucket())) == "");
  const LiveObject live = account.find(bucket(), "x");
  CHECK(live.id == "s-x");
  CHECK_FALSE(live.mark->spec.empty());
  CHECK(live.attributes.text_at("url") == kUrl);
  CHECK(live.attributes.text_at("endpoint") == "https://sos-ch-gva-2.exo.io");
}

TEST_CASE("bucket: each attribute is updated, and goes back to its default") {
  Account account;
  account.apply(bucket());
  const Map updates = {{"acl", "public-read"},
                       {"versioning", true},
                       {"cors", List{kRule, kRule}},
                       {"empty-on-delete", true}};
  Map all;
  for (const auto& [name, value] : updates) {
    INFO(name);
    all.insert_or_assign(name, value);
    CHECK(brief(account.plan(bucket(all))) == "update x: " + name + "\n");
    account.apply(bucket(all));
    CHECK(brief(account.plan(bucket(all))) == "");
  }
  CHECK(brief(account.plan(bucket())) == "update x: acl, versioning, cors, empty-on-delete\n");
  account.apply(bucket());
  CHECK(brief(account.plan(bucket())) == "");
}

TEST_CASE("bucket: everything at once, at the creation") {
  Account account;
  const engine::Desired wanted =
      bucket({{"acl", "authenticated-read"}, {"versioning", true}, {"cors", List{kRule}}});
  account.apply(wanted);
  CHECK(brief(account.plan(wanted)) == "");
}

TEST_CASE("bucket: drift is repaired") {
  Account account;
  account.apply(bucket({{"cors", List{kRule}}}));
  account.by_hand("DELETE", kUrl + "?cors");
  const engine::Plan plan = account.plan(bucket({{"cors", List{kRule}}}));
  CHECK(brief(plan) == "update x: cors\n");
  REQUIRE(plan.steps.size() == 1);
  CHECK(plan.steps[0].changes.at(0).cause == engine::Cause::drift);
  account.apply(bucket({{"cors", List{kRule}}}));
  CHECK(brief(account.plan(bucket({{"cors", List{kRule}}}))) == "");
}

TEST_CASE("bucket: another name is another bucket") {
  Account account;
  account.apply(bucket());
  account.apply(bucket({{"name", "s-y"}}));
  CHECK_FALSE(is_there(account, "s-x"));
  CHECK(is_there(account, "s-y"));
}

TEST_CASE("bucket: one that somebody deleted is made anew") {
  Account account;
  account.apply(bucket());
  account.by_hand("DELETE", kUrl + "/.stackctl");
  account.by_hand("DELETE", kUrl);
  CHECK(brief(account.plan(bucket())) == "create x\n");
}

TEST_CASE("bucket: what it holds is deleted only when that was declared") {
  Account account;
  const bool is_versioned = GENERATE(false, true);
  account.apply(bucket({{"versioning", is_versioned}}));
  constexpr int more_than_a_page = 1050;
  for (int i = 0; i < more_than_a_page; ++i)
    account.by_hand("PUT", kUrl + "/!data-" + std::to_string(i % 1010), "x");
  account.by_hand("PUT", kUrl + "/a%20b%26%3Cc%3E%2B", "x");
  if (is_versioned) account.by_hand("DELETE", kUrl + "/!data-1");

  CHECK_THROWS_WITH(account.apply(desired({})), Catch::Contains("holds objects"));
  CHECK(account.find(bucket(), "x").id == "s-x");  // the mark as well

  account.apply(bucket({{"versioning", is_versioned}, {"empty-on-delete", true}}));
  account.apply(desired({}));
  CHECK_FALSE(is_there(account, "s-x"));
}

TEST_CASE("bucket: a run that dies between create and mark is continued by the next") {
  for (std::size_t writes = 1; writes <= 3; ++writes) {
    INFO(writes << " writes");
    Account account;
    const engine::Desired wanted = bucket({{"versioning", true}});
    account.apply_and_die(wanted, writes);
    account.apply(wanted);
    CHECK(brief(account.plan(wanted)) == "");
  }
}

TEST_CASE("bucket: old versions are contents") {
  Account account;
  account.apply(bucket({{"versioning", true}}));
  account.by_hand("DELETE", kUrl + "/.stackctl");
  CHECK(brief(account.plan(bucket())) == "! a exoscale.bucket of this name exists already\n");
}

TEST_CASE("bucket: others' buckets are left alone") {
  Account account;
  account.by_hand("PUT", kUrl);
  account.by_hand("PUT", kUrl + "/theirs", "x");
  account.by_hand("PUT", "https://sos-ch-gva-2.exo.io/s-odd");
  account.by_hand("PUT", "https://sos-ch-gva-2.exo.io/s-odd/.stackctl", "[1, {");
  CHECK(brief(account.plan(bucket())) == "! a exoscale.bucket of this name exists already\n");
  CHECK(brief(account.plan(bucket({{"name", "s-odd"}}))) ==
        "! a exoscale.bucket of this name exists already\n");
  CHECK(brief(account.plan(desired({}))) == "");
  // A name that another account has.
  CHECK_THROWS_WITH(account.apply(bucket({{"name", "exoscale"}})),
                    Catch::Contains("shared by all accounts"));
}
