// A whole command under a lease, on a cloud in virtual time.
#include <catch2/catch.hpp>

#include "cli/world.h"
#include "exoscale/provider.h"
#include "kinds/kinds.h"
#include "simulator/cloud.h"
#include "simulator/transport.h"
#include "unit/backend/memory_store.h"
#include "unit/backend/passing_store.h"

namespace stackctl::cli {
namespace {

using namespace std::chrono_literals;
using Catch::Matchers::Contains;

constexpr Time kStart = std::chrono::sys_days{std::chrono::year{2026} / 1 / 1};
constexpr const char* kStack = R"(
stack: shop
provider: exoscale
resources:
  sg: {kind: security_group, ingress: [{port: 22, from: 0.0.0.0/0}]}
  web: {kind: instance, image: Linux Ubuntu 24.04 LTS 64-bit, size: small, security_groups: ["${sg}"]}
  next: {kind: instance, image: Linux Ubuntu 24.04 LTS 64-bit, size: small, depends_on: [web]}
)";

/// The world of one command; its real time is that of the cloud.
struct Run {
  backend::MemoryStore store;
  simulator::Cloud cloud{simulator::Settings{}};
  Time now = kStart;
  int interrupts = 0;
  std::string said;
  std::function<void()> at_each_call = [] {};
  World world;
  Provider const* const providers[1] = {&exoscale::provider};

  Run() {
    world.kinds = kinds::all();
    world.providers = providers;
    world.out = [this](std::string_view text) { said += text; };
    world.error = world.out;
    world.interrupts = [this] { return interrupts; };
    world.surroundings.environment = [](std::string_view name) -> std::optional<std::string> {
      if (name == "HOME") return "/home/ann";
      if (name == "EXOSCALE_API_KEY") return simulator::Settings{}.key;
      if (name == "EXOSCALE_API_SECRET") return simulator::Settings{}.secret;
      if (name == "EXOSCALE_ZONE") return simulator::Settings{}.zone;
      return std::nullopt;
    };
    world.surroundings.read_file = [](std::string_view name) -> std::optional<std::string> {
      if (name == "stack.yaml") return kStack;
      return std::nullopt;
    };
    world.make_transport = [this] {
      return std::make_unique<simulator::SimulatedTransport>(
          kStart, [this](const http::Request& request, Time moment) {
            now = moment;
            at_each_call();
            return simulator::Routed(cloud.handle(request, moment));
          });
    };
    world.team.now = [this] { return now; };
    world.team.pause = [](Duration) {};
    world.team.who_am_i = [] { return backend::Holder{"me", "me", "here", "m1", 1, {}, {}, {}}; };
    world.team.open_store = [this](const std::string&) -> Result<std::unique_ptr<backend::Store>> {
      return std::unique_ptr<backend::Store>(std::make_unique<backend::PassingStore>(store));
    };
  }

  int apply() {
    said.clear();
    const std::string words[] = {"apply", "--yes"};
    return run(words, world);
  }
};

}  // namespace

TEST_CASE("a run renews its lease all along, and gives it back") {
  Run here;
  int calls_without = 0;
  here.at_each_call = [&] {
    const auto found = *backend::find_lease(here.store, "shop.lease");
    if (!found || !found->holder || found->holder->expires <= here.now) ++calls_without;
  };
  CHECK(here.apply() == kSuccess);
  CHECK(here.now > kStart + 20s);
  CHECK(calls_without == 0);
  CHECK(here.store.writes >= 3);
  CHECK(here.store.entries.empty());
}

TEST_CASE("a run whose lease is broken finishes what is under way, starts nothing more, says so") {
  Run here;
  here.at_each_call = [&] {
    if (here.now > kStart + 1s) here.store.entries.clear();
  };
  CHECK(here.apply() == kFailure);
  CHECK_THAT(here.said, Contains("web: Creation complete") && !Contains("next: Creating"));
  CHECK_THAT(here.said, Contains("the lease of stack shop was lost: nothing more is started"));
  CHECK_THAT(here.said, Contains("somebody broke it with 'stackctl unlock'"));
  CHECK_THAT(here.said, !Contains("Apply complete!"));
  here.at_each_call = [] {};
  CHECK(here.apply() == kSuccess);
}

TEST_CASE("a run that is taken over leaves the other one its lease") {
  Run here;
  here.at_each_call = [&] {
    if (here.now < kStart + 1s) return;
    here.store.entries["shop.lease"] = {
        backend::write_holder(
            {"b1", "bob", "runner", "m2", 7, "apply stack.yaml", here.now, here.now + 1min}),
        "bobs"};
  };
  CHECK(here.apply() == kFailure);
  CHECK_THAT(here.said, Contains("it is held by bob on runner (process 7)"));
  CHECK(here.store.entries.at("shop.lease").version == "bobs");
}

TEST_CASE("a command that only looks takes no lease and minds none") {
  Run here;
  here.store.entries["shop.lease"] = {"rubbish", "x"};
  for (const char* command : {"plan", "show", "validate"}) {
    const std::string words[] = {command};
    CHECK(run(words, here.world) == kSuccess);
  }
  CHECK(here.store.writes == 0);
  CHECK(here.apply() == kFailure);
}

}  // namespace stackctl::cli
