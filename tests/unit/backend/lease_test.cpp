#include "backend/lease.h"

#include <catch2/catch.hpp>

#include "backend/timestamp.h"
#include "unit/backend/memory_store.h"

namespace stackctl::backend {
namespace {

using namespace std::chrono_literals;
using Catch::Matchers::Contains;

constexpr Time kNoon = std::chrono::sys_days{std::chrono::year{2026} / 1 / 1} + 12h;
const std::string kName = "shop.lease";

Holder ann() { return {"a1", "ann", "laptop", "m1", 4711, "apply stack.yaml", {}, {}}; }
Holder bob() { return {"b1", "bob", "runner", "m2", 7, "destroy stack.yaml", {}, {}}; }

Claim take(Store& store, const Holder& who, Time now, const IsGone& is_gone = {}) {
  return *Lease::take(store, kName, who, now, is_gone);
}

std::string holder_in(MemoryStore& store) {
  const auto found = *find_lease(store, kName);
  return found && found->holder ? found->holder->user : "";
}

}  // namespace

TEST_CASE("a lease is taken by one, refused to others, free again when it is given back") {
  MemoryStore store;
  Claim first = take(store, ann(), kNoon);
  REQUIRE(first.lease);
  CHECK(!first.other);
  const Claim second = take(store, bob(), kNoon + 10s);
  CHECK(!second.lease);
  REQUIRE(second.other);
  CHECK(second.other->user == "ann");
  CHECK(second.other->since == kNoon);
  CHECK(second.other->expires == kNoon + kLeaseLasts);
  first.lease->release();
  CHECK(store.entries.empty());
  CHECK(take(store, bob(), kNoon + 11s).lease);
}

TEST_CASE("leases of different names do not meet") {
  MemoryStore store;
  CHECK(take(store, ann(), kNoon).lease);
  CHECK(Lease::take(store, "other.lease", bob(), kNoon, {})->lease);
  CHECK(lease_of_stack("shop") == kName);
  CHECK(lease_of_simulation("/a/b") != lease_of_simulation("/a/c"));
}

TEST_CASE("a lease that has expired, or whose process is gone, is taken over from a known holder") {
  struct Row {
    Duration later;
    bool is_gone;
    bool is_taken;
  };
  for (const Row& row : {Row{kLeaseLasts - 1s, false, false},
                         {kLeaseLasts, false, true},
                         {1s, true, true},
                         {1h, false, true}}) {
    INFO(row.later.count() << " us, gone " << row.is_gone);
    MemoryStore store;
    CHECK(take(store, ann(), kNoon).lease);
    const auto is_gone = [&](const Holder& holder) {
      return row.is_gone && holder.process == 4711;
    };
    const Claim claim = take(store, bob(), kNoon + row.later, is_gone);
    CHECK(claim.lease.has_value() == row.is_taken);
    REQUIRE(claim.other);
    CHECK(claim.other->user == "ann");
    CHECK(holder_in(store) == (row.is_taken ? "bob" : "ann"));
  }
}

TEST_CASE("a lease is renewed now and then, and lasts as long as it is") {
  MemoryStore store;
  Claim claim = take(store, ann(), kNoon);
  for (Time now = kNoon; now <= kNoon + 10min; now += 1s) {
    REQUIRE(claim.lease->renew(now));
    CHECK(!take(store, bob(), now).lease);
  }
  CHECK(store.writes == 1 + 60);  // every 10 s
  CHECK(claim.lease->holder().since == kNoon);
  claim.lease->release();
  CHECK(store.entries.empty());
}

TEST_CASE("a lease that was broken or taken over is lost, and left alone") {
  MemoryStore store;
  Claim anns = take(store, ann(), kNoon);
  const auto found = *find_lease(store, kName);
  REQUIRE(found);
  CHECK(*break_lease(store, kName, *found));
  CHECK(!*break_lease(store, kName, *found));
  CHECK(anns.lease->renew(kNoon + 9s));  // not yet looked at
  CHECK(!anns.lease->renew(kNoon + 10s));
  CHECK(!anns.lease->renew(kNoon + 11s));

  const Claim bobs = take(store, bob(), kNoon + 30s);
  CHECK(bobs.lease);
  CHECK(!anns.lease->renew(kNoon + 41s));
  anns.lease->release();
  CHECK(holder_in(store) == "bob");
}

TEST_CASE("who wakes up after the expiry goes on, unless somebody took over") {
  MemoryStore store;
  Claim claim = take(store, ann(), kNoon);
  CHECK(claim.lease->renew(kNoon + 1h));
  CHECK(!take(store, bob(), kNoon + 1h).lease);
}

TEST_CASE("a store that is away is no reason to stop before the lease expires") {
  MemoryStore store;
  Claim claim = take(store, ann(), kNoon);
  store.is_away = true;
  CHECK(claim.lease->renew(kNoon + 20s));
  CHECK(claim.lease->renew(kNoon + 59s));
  CHECK(!claim.lease->renew(kNoon + 61s));
  store.is_away = false;
  CHECK(claim.lease->renew(kNoon + 64s));
}

TEST_CASE("a renewal whose answer was lost does not lose the lease") {
  MemoryStore store;
  Claim claim = take(store, ann(), kNoon);
  store.loses_answer = true;
  CHECK(claim.lease->renew(kNoon + 20s));
  for (Time now = kNoon + 21s; now < kNoon + 3min; now += 1s) CHECK(claim.lease->renew(now));
  claim.lease->release();
  CHECK(store.entries.empty());
}

TEST_CASE("a lease that is not ours to break by now is not broken") {
  MemoryStore store;
  Claim claim = take(store, ann(), kNoon);
  const auto found = *find_lease(store, kName);
  CHECK(claim.lease->renew(kNoon + 20s));
  CHECK(!*break_lease(store, kName, *found));
  CHECK(holder_in(store) == "ann");
}

TEST_CASE("what cannot be understood is held by nobody, and can be broken") {
  const std::string good = write_holder({"a1", "ann", "laptop", "m1", 4711, "apply", kNoon, kNoon});
  const auto with = [&](const std::string& old, const std::string& other) {
    std::string text = good;
    return text.replace(text.find(old), old.size(), other);
  };
  for (const std::string& text :
       {std::string(), std::string("{"), std::string("[]"), std::string("null"),
        std::string(5, '\0'), with("\"format\": 1", "\"format\": 2"), with("2026", "2O26"),
        with("4711", "-1"), with("4711", "\"4711\""), with("4711", "99999999999"),
        with("a1", "")}) {
    INFO(text);
    MemoryStore store;
    store.entries[kName] = {text, "x"};
    const Claim claim = take(store, ann(), kNoon);
    CHECK(claim.is_unreadable());
    const auto found = *find_lease(store, kName);
    REQUIRE(found);
    CHECK(!found->holder);
    CHECK(*break_lease(store, kName, *found));
    CHECK(take(store, ann(), kNoon).lease);
  }
}

TEST_CASE("a holder is stored as JSON with readable times, and comes back") {
  const Holder holder{"a1", "ann", "laptop", "m1", 4711, "apply a \"b\".yaml", kNoon, kNoon + 60s};
  const std::string text = write_holder(holder);
  CHECK_THAT(text, Contains("\"since\": \"2026-01-01T12:00:00Z\""));
  CHECK(read_holder(text) == holder);
}

TEST_CASE("a holder is described with host, process, work and age, and moves no cursor") {
  Holder holder{"a1", "ann", "lap\x1b[2Jtop", "m1", 4711, "apply stack.yaml", kNoon, kNoon + 60s};
  CHECK(
      describe(holder, kNoon + 252s + 500ms) ==
      "ann on lap?[2Jtop (process 4711), 'apply stack.yaml', since 2026-01-01T12:00:00Z (4m 12s)");
  CHECK_THAT(describe(holder, kNoon - 1h), Contains("(0s)"));
}

TEST_CASE("times in the one form that is written are read, others are not") {
  CHECK(read_time("2026-01-01T12:00:00Z") == kNoon);
  CHECK(read_time("2026-01-01T12:00:00.250Z") == kNoon);
  CHECK(write_time(kNoon + 61s + 999ms) == "2026-01-01T12:01:01Z");
  for (const char* text :
       {"", "Z", "2026-01-01", "2026-01-01T12:00:00", "2026-01-01T12:00:00+01:00",
        "2026-13-01T12:00:00Z", "2026-02-30T12:00:00Z", "2026-01-01T24:00:00Z",
        "2026-01-01 12:00:00Z", "2026-01-01T12:00:-1Z", "2026-01-01T12:00:00.Z",
        "2026-01-01T12:00:00.xZ", "+026-01-01T12:00:00Z"}) {
    INFO(text);
    CHECK(!read_time(text));
  }
}

}  // namespace stackctl::backend
