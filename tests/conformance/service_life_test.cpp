// Services whose mark cannot go with the create call, or whose parts follow: killed and cut off
// anywhere, the next run ends in the same place.
#include <set>
#include <stdexcept>

#include <catch2/catch.hpp>

#include "conformance/cases.h"

using namespace stackctl;
using conformance::to;
using support::Account;
using support::desired;
using support::want;

namespace {

const Map kPolicy = {{"default-service-strategy", "deny"}, {"services", Map{}}};

engine::Desired services() {
  return desired(
      {want("zone", "exoscale.dns_domain", {{"unicode-name", "example.com"}}),
       want("www", "exoscale.dns_record",
            {{"domain", to("zone")},
             {"name", "www"},
             {"type", "A"},
             {"content", List{"192.0.2.1", "192.0.2.2"}},
             {"ttl", 300}}),
       want("role", "exoscale.iam_role", {{"name", "s-role"}, {"policy", kPolicy}}),
       want("key", "exoscale.api_key", {{"name", "stackctl.s.key"}, {"role-id", to("role")}}),
       want("db", "exoscale.mysql", {{"name", "stackctl-1-s-db"}, {"plan", "startup-4"}}),
       want("db/user-app", "exoscale.database_user",
            {{"service", to("db")}, {"engine", "mysql"}, {"username", "app"}}),
       want("db/database-blog", "exoscale.database",
            {{"service", to("db")}, {"engine", "mysql"}, {"database-name", "blog"}})});
}

/// The addresses of what is there, each as often as it is there.
std::multiset<std::string> owned(Account& account) {
  std::multiset<std::string> addresses;
  for (const auto& [object, binding] : account.refresh(desired({})).objects)
    if (engine::owned_by(object, "s")) addresses.insert(object.mark->address);
  return addresses;
}

/// A minute later: the cloud may take seconds to show a new database.
void apply_later(Account& account, const engine::Desired& wanted) {
  account.transport().wait(account.transport().now() + std::chrono::minutes{1});
  CHECK(account.apply(wanted).succeeded());
}

const std::multiset<std::string> kAll = {"db", "db/user-app", "key", "role", "www", "zone"};

}  // namespace

TEST_CASE("services: killed after any write of an apply, the next run ends in the same place") {
  for (std::size_t k = 1;; ++k) {
    INFO("died after write " << k);
    Account account;
    if (!account.apply_and_die(services(), k)) break;
    apply_later(account, services());
    CHECK(owned(account) == kAll);
    CHECK(support::brief(account.plan(services())) == "");
  }
}

TEST_CASE("services: killed after any write of a destroy, the next one leaves nothing") {
  for (std::size_t k = 1;; ++k) {
    INFO("died after write " << k);
    Account account;
    account.apply(services());
    if (!account.apply_and_die(desired({}), k)) break;
    CHECK(account.apply(desired({})).succeeded());
    CHECK(owned(account).empty());
  }
}

TEST_CASE("services: the answer to any create is lost, before or after the work") {
  constexpr std::size_t creates_of_all = 10;  // two records and two marks among them
  for (const bool done : {false, true}) {
    for (std::size_t k = 1; k <= creates_of_all; ++k) {
      INFO("answer " << k << " lost, work " << (done ? "done" : "not done"));
      std::size_t creates = 0;
      Account account({}, [&](simulator::Cloud& cloud, const http::Request& request, Time now) {
        const bool lost = request.method == "POST" && ++creates == k;
        http::Reply reply;
        if (!lost || done) reply = cloud.handle(request, now);
        if (lost)
          reply = {.headers = {},
                   .body = {},
                   .failure = http::Failure::lost,
                   .failure_text = "connection reset"};
        return reply;
      });
      try {
        account.apply(services());
      } catch (const std::runtime_error&) {  // a record that follows its mark is not looked for
        apply_later(account, services());
      }
      CHECK(owned(account) == kAll);
      CHECK(support::brief(account.plan(services())) == "");
    }
  }
}

TEST_CASE("services: a record made by hand is not taken, nor is a domain with one") {
  Account account;
  account.by_hand("POST", "/dns-domain", R"({"unicode-name":"example.com"})");
  const engine::Desired zone =
      desired({want("zone", "exoscale.dns_domain", {{"unicode-name", "example.com"}})});
  // Without any record it looks like what a run left that was killed: whoever declares it has it.
  CHECK(account.plan(zone).faults.empty());
  account.apply(zone);
  const std::string id = account.find(zone, "zone").id;
  account.by_hand("POST", "/dns-domain/" + id + "/record",
                  R"({"name":"www","type":"A","content":"192.0.2.9"})");
  const engine::Desired record =
      desired({want("zone", "exoscale.dns_domain", {{"unicode-name", "example.com"}}),
               want("www", "exoscale.dns_record",
                    {{"domain", to("zone")},
                     {"name", "www"},
                     {"type", "A"},
                     {"content", List{"192.0.2.1"}}})});
  CHECK(account.plan(record).faults.size() == 1);
}
