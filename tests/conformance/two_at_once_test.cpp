// Two runs of one stack at the same time, without the lease that keeps them apart: whatever they do
// to each other, nothing is there twice, and one more run ends it.
#include <set>
#include <thread>

#include <catch2/catch.hpp>

#include "conformance/turns.h"
#include "engine/executor.h"
#include "support/account.h"
#include "support/echo.h"
#include "support/example.h"

using namespace stackctl;
using namespace std::chrono_literals;

namespace {

constexpr Time kStart{std::chrono::sys_days{std::chrono::year{2026} / 1 / 1}};

struct Subject {
  std::string name;
  std::string file;
};

std::vector<Declaration> declarations_of(const Subject& subject) {
  return support::load_stack(subject.file).stack.resources;
}

/// A client from its start to its end.
class Client {
 public:
  Client(simulator::Cloud& cloud, test::Turns& turns, std::size_t number, Time start)
      : transport_(cloud, turns, number, start) {}

  engine::Plan plan(const Subject& subject) {
    const std::vector<Declaration> declarations = declarations_of(subject);
    const engine::Desired desired = engine::lower(subject.name, declarations, bindings_);
    engine::PlanOptions options;
    options.digests = &digests_;
    options.lifecycles = engine::bound_lifecycles(declarations, desired);
    return engine::make_plan(desired, engine::refresh(runner_, bindings_, desired), options);
  }

  /// What failed, a line each.
  std::string apply(const Subject& subject) {
    const engine::Plan plan = this->plan(subject);
    std::string faults;
    for (const Diagnostic& fault : plan.faults)
      faults += fault.address + ": " + fault.summary + "\n";
    if (!faults.empty()) return faults;
    engine::ExecuteOptions options;
    options.commands = &commands_;
    options.digests = &digests_;
    const engine::Report report = engine::execute(plan, bindings_, runner_, options);
    for (const engine::StepResult& result : report.results)
      if (result.outcome == engine::Outcome::failed)
        faults += result.why.address + ": " + result.why.summary + " " + result.why.detail + "\n";
    return faults;
  }

  engine::Live everything(const Subject& subject) {
    engine::Desired nothing;
    nothing.stack = subject.name;
    return engine::refresh(runner_, bindings_, nothing);
  }

 private:
  test::TurnTransport transport_;
  engine::Bindings bindings_{support::bind({})};
  engine::Runner runner_{transport_, 1};
  engine::SecretDigests digests_;
  support::Echo commands_;
};

/// Alone, a while after all that has happened in the cloud.
template <class Work>
auto alone(simulator::Cloud& cloud, Work work) {
  test::Turns turns(1);
  Client client(cloud, turns, 0, std::max(kStart, cloud.clock()) + 10min);
  return work(client);
}

std::multiset<std::string> owned(simulator::Cloud& cloud, const Subject& subject) {
  std::multiset<std::string> addresses;
  for (const auto& [object, binding] :
       alone(cloud, [&](Client& client) { return client.everything(subject); }).objects)
    if (engine::owned_by(object, subject.name)) addresses.insert(object.mark->address);
  return addresses;
}

/// How many objects of each type the account has, whoever owns them.
std::map<std::string, int> census(simulator::Cloud& cloud, const Subject& subject) {
  std::map<std::string, int> count;
  for (const auto& [object, binding] :
       alone(cloud, [&](Client& client) { return client.everything(subject); }).objects)
    ++count[std::string(object.type->name)];
  return count;
}

struct Pair {
  std::string first;
  std::string second;
};

/// Two runs, the second of which starts `offset` later.
Pair apply_twice(simulator::Cloud& cloud, const Subject& subject, Duration offset) {
  test::Turns turns(2);
  Pair faults;
  std::thread first([&] { faults.first = Client(cloud, turns, 0, kStart).apply(subject); });
  std::thread second(
      [&] { faults.second = Client(cloud, turns, 1, kStart + offset).apply(subject); });
  first.join();
  second.join();
  return faults;
}

const std::vector<Duration> kOffsets = {0s, 1ms, 20ms, 50ms, 100ms, 200ms, 500ms, 1s,   2s,   3s,
                                        5s, 10s, 20s,  30s,  45s,   60s,   90s,   2min, 3min, 5min};

void check_pairs(const Subject& subject) {
  simulator::Cloud quiet{simulator::Settings{}};
  REQUIRE(alone(quiet, [&](Client& client) { return client.apply(subject); }) == "");
  const auto wanted = owned(quiet, subject);
  const auto expected = census(quiet, subject);
  for (const Duration offset : kOffsets) {
    INFO("the second run starts " << offset.count() << " us later");
    simulator::Cloud cloud{simulator::Settings{}};
    const Pair faults = apply_twice(cloud, subject, offset);
    INFO("first:\n" << faults.first << "second:\n" << faults.second);
    const auto there = owned(cloud, subject);
    std::string twice;
    for (const std::string& address : std::set<std::string>(there.begin(), there.end()))
      if (there.count(address) > 1) twice += address + " ";
    CHECK(twice == "");
    CHECK(alone(cloud, [&](Client& client) { return client.apply(subject); }) == "");
    CHECK(support::brief(alone(cloud, [&](Client& client) { return client.plan(subject); })) == "");
    CHECK(owned(cloud, subject) == wanted);
    CHECK(census(cloud, subject) == expected);
  }
}

}  // namespace

TEST_CASE("two runs of the WordPress example at once leave nothing twice") {
  check_pairs({"wordpress", "examples/exoscale-wordpress/stack.yaml"});
}

TEST_CASE("two runs of the stack of every kind at once leave nothing twice") {
  check_pairs({"shop", "tests/stacks/every_kind.yaml"});
}
