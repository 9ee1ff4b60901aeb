#include "cli/lock.h"

#include <algorithm>
#include <map>
#include <vector>

#include <catch2/catch.hpp>

#include "unit/backend/memory_store.h"
#include "unit/backend/passing_store.h"

namespace stackctl::cli {
namespace {

using namespace std::chrono_literals;
using Catch::Matchers::Contains;

constexpr Time kNoon = std::chrono::sys_days{std::chrono::year{2026} / 1 / 1} + 12h;
const LockPlace kPlace{"shop.lease", "shop", "stack.yaml"};

/// A world in which time passes only while somebody waits.
struct Neighbourhood {
  backend::MemoryStore store;
  std::map<std::string, std::string, std::less<>> environment = {{"HOME", "/home/ann"}};
  Time now = kNoon;
  int pauses = 0;
  int interrupts = 0;
  bool has_store = true;
  std::function<void()> meanwhile = [] {};
  std::string said;
  World world;
  Options options;

  Neighbourhood() {
    options.command = "apply";
    world.error = [this](std::string_view text) { said += text; };
    world.out = world.error;
    world.interrupts = [this] { return interrupts; };
    world.surroundings.environment = [this](std::string_view name) -> std::optional<std::string> {
      const auto found = environment.find(name);
      if (found == environment.end()) return std::nullopt;
      return found->second;
    };
    world.team.now = [this] { return now; };
    world.team.pause = [this](Duration duration) {
      now += duration;
      ++pauses;
      meanwhile();
    };
    world.team.who_am_i = [] { return backend::Holder{"me", "me", "here", "m1", 1, {}, {}, {}}; };
    world.team.open_store = [this](const std::string&) -> Result<std::unique_ptr<backend::Store>> {
      if (!has_store) return error("cannot write the folder");
      return std::unique_ptr<backend::Store>(std::make_unique<backend::PassingStore>(store));
    };
  }

  /// Somebody else's, for so long.
  void held_until(Time expires) {
    store.entries[kPlace.name] = {
        backend::write_holder(
            {"b1", "bob", "runner", "m2", 7, "destroy stack.yaml", kNoon - 252s, expires}),
        "bobs"};
  }
  std::unique_ptr<Lock> take() {
    screens_.push_back(std::make_unique<Screen>(options, world));
    return Lock::take(kPlace, options, world, *screens_.back());
  }
  std::string holder() {
    const auto found = *backend::find_lease(store, kPlace.name);
    return found && found->holder ? found->holder->user + ": " + found->holder->doing : "";
  }

 private:
  std::vector<std::unique_ptr<Screen>> screens_;
};

}  // namespace

TEST_CASE("a lock is taken without a word, and given back at its end") {
  Neighbourhood here;
  {
    const auto lock = here.take();
    REQUIRE(lock);
    CHECK(lock->keep());
    CHECK(here.holder() == "me: apply stack.yaml");
  }
  CHECK(here.store.entries.empty());
  CHECK(here.said.empty());
}

TEST_CASE("a lock that somebody else has is refused with who, where, since, what, and a way out") {
  Neighbourhood here;
  here.held_until(kNoon + 42s);
  CHECK(!here.take());
  CHECK(here.pauses == 0);
  CHECK(here.said ==
        "error: stack shop is being changed by another run\n"
        "  bob on runner (process 7), 'destroy stack.yaml', since 2026-01-01T11:55:48Z (4m 12s)\n"
        "  its lease is renewed while it works, else it expires in 42s\n"
        "  hint: wait for it with --lock-timeout 5m; break the lease, where that run cannot be at "
        "work any more, with 'stackctl unlock stack.yaml'\n");
}

TEST_CASE("a lock is waited for as long as asked, and that is told once") {
  struct Row {
    Duration timeout;
    Duration given_back;
    bool is_taken;
  };
  for (const Row& row : {Row{5min, 30s, true}, {10s, 30s, false}, {30s, 30s, true}}) {
    INFO("--lock-timeout " << row.timeout.count());
    Neighbourhood here;
    here.held_until(kNoon + 1h);
    here.options.lock_timeout = row.timeout;
    here.meanwhile = [&] {
      if (here.now >= kNoon + row.given_back) here.store.entries.clear();
    };
    CHECK((here.take() != nullptr) == row.is_taken);
    CHECK(here.now == kNoon + std::min(row.timeout, row.given_back));
    CHECK_THAT(here.said, Contains("for another run on stack shop"));
    CHECK(here.said.find("waiting") == here.said.rfind("waiting"));
  }
}

TEST_CASE("Ctrl-C ends the wait for a lock") {
  Neighbourhood here;
  here.held_until(kNoon + 1h);
  here.options.lock_timeout = 1h;
  here.meanwhile = [&] { here.interrupts = here.pauses == 3 ? 1 : 0; };
  CHECK(!here.take());
  CHECK(here.pauses == 3);
}

TEST_CASE("a lock is taken over from the dead, and that is told") {
  Neighbourhood here;
  here.held_until(kNoon - 1s);
  CHECK(here.take());
  CHECK_THAT(here.said, Contains("is taken over: it has expired"));
  CHECK_THAT(here.said, Contains("bob on runner (process 7)"));

  Neighbourhood there;
  there.held_until(kNoon + 50s);
  there.world.team.is_gone = [](const backend::Holder& holder) { return holder.machine == "m2"; };
  CHECK(there.take());
  CHECK_THAT(there.said, Contains("is taken over: the process that held it is gone"));
}

TEST_CASE("a lock that is lost is told once, and what belongs to others is left alone") {
  Neighbourhood here;
  {
    const auto lock = here.take();
    here.held_until(kNoon + 2min);
    here.now += 25s;
    CHECK(!lock->keep());
    CHECK(!lock->keep());
    CHECK(lock->is_lost());
  }
  CHECK(here.holder() == "bob: destroy stack.yaml");
  CHECK_THAT(here.said, Contains("was lost: nothing more is started"));
  CHECK_THAT(here.said, Contains("it is held by bob on runner"));
  CHECK(here.said.find("was lost") == here.said.rfind("was lost"));

  Neighbourhood there;
  const auto lock = there.take();
  there.store.entries.clear();
  there.now += 25s;
  CHECK(!lock->keep());
  CHECK_THAT(there.said, Contains("somebody broke it"));
}

TEST_CASE("a lock that cannot be understood names the way out") {
  Neighbourhood here;
  here.store.entries[kPlace.name] = {"rubbish", "x"};
  here.options.simulate = true;
  CHECK(!here.take());
  CHECK_THAT(here.said,
             Contains("cannot be understood") && Contains("stackctl unlock --simulate stack.yaml"));
}

TEST_CASE("where no lease can be kept the run goes on, unless one was asked for") {
  struct Row {
    std::map<std::string, std::string, std::less<>> environment;
    Duration timeout;
    bool goes_on;
  };
  for (const Row& row : {Row{{{"HOME", "/"}}, 0s, true},
                         {{}, 0s, true},
                         {{{"STACKCTL_STATE_DIR", "/x"}}, 0s, false},
                         {{{"HOME", "/"}}, 1s, false}}) {
    Neighbourhood here;
    here.has_store = false;
    here.environment = row.environment;
    here.options.lock_timeout = row.timeout;
    const auto lock = here.take();
    CHECK((lock != nullptr) == row.goes_on);
    CHECK_THAT(here.said, Contains(row.goes_on ? "warning: " : "error: "));
    if (lock) CHECK(lock->keep());
  }
}

TEST_CASE("without a lease nobody is asked, and nothing is told") {
  Neighbourhood here;
  here.held_until(kNoon + 1h);
  here.options.lock = false;
  const auto lock = here.take();
  REQUIRE(lock);
  CHECK(lock->keep());
  CHECK(here.said.empty());
}

TEST_CASE("simulated runs meet at the file of their cloud, others at the name of their stack") {
  Options options;
  const std::string real = lock_place(options, "shop", "a.json").name;
  CHECK(real == lock_place(options, "shop", "b.json").name);
  CHECK(real != lock_place(options, "other", "a.json").name);
  options.simulate = true;
  const std::string simulated = lock_place(options, "shop", "a.json").name;
  CHECK(simulated != real);
  CHECK(simulated == lock_place(options, "other", "./x/../a.json").name);
  CHECK(simulated != lock_place(options, "shop", "b.json").name);
}

}  // namespace stackctl::cli
