// Many steps in front of a slow cloud.
#include <algorithm>
#include <set>

#include <catch2/catch.hpp>

#include "engine/bound.h"
#include "engine/executor.h"
#include "engine/planning.h"
#include "engine/scripted.h"
#include "engine/sight.h"
#include "engine/toy.h"

using namespace stackctl;
using namespace std::chrono_literals;

namespace {

constexpr int kSteps = 60;
constexpr double kRate = 2;

/// A cloud that makes at once what it is asked for, in front of which only the rate counts.
struct Cloud {
  std::set<std::string> made;
  std::size_t looks = 0;
  scripted::Transport transport{[this](const http::Request& request) {
    if (request.url == "toy://list")
      ++looks;
    else
      made.insert(request.body);
    return scripted::reply(200, request.body);
  }};
  std::shared_ptr<scripted::Connection> connection = std::make_shared<scripted::Connection>();

  /// Operations have to be asked after: once.
  void needs_polls() {
    connection->behaviour.remove = [](const LiveObject& live) {
      Call call{"remove", {}, Access::write, Repeat::freely};
      call.request.body = live.mark->address;
      return std::vector<Call>{call};
    };
    connection->behaviour.follow = [](const Call& call, const http::Reply&) -> Progress {
      if (call.operation == "poll") return Settled{};
      return Poll{{"poll", {}, Access::read, Repeat::freely}, "its end"};
    };
  }

  Cloud() {
    connection->limit = {.depth = 4, .per_second = kRate, .burst = 4};
    connection->behaviour.create = [](const Work& work) {
      Call call{"create", {}, Access::write, Repeat::look_first};
      call.request.body = work.mark.address;
      return call;
    };
    connection->behaviour.follow = [](const Call&, const http::Reply&) { return Settled{}; };
    connection->behaviour.created_id = [](const Work&, const Call&, const http::Reply& reply) {
      return "id-" + reply.body;
    };
    connection->listed = [this] {
      std::vector<LiveObject> objects;
      for (const std::string& address : made)
        objects.push_back(toy::have(address, toy::key, Map{{"name", address}}).object);
      return objects;
    };
  }
};

engine::Plan many_keys() {
  std::vector<engine::DesiredObject> keys;
  for (int i = 0; i < kSteps; ++i) {
    const std::string address = "k" + std::to_string(i);
    keys.push_back(toy::want(address, toy::key, Map{{"name", address}}));
  }
  return engine::make_plan(toy::desired(std::move(keys)), {});
}

}  // namespace

TEST_CASE("a step starts when its lane has room, and waiting takes nothing from making") {
  Cloud cloud;
  engine::Runner runner(cloud.transport, 1);
  const engine::Plan plan = many_keys();
  const engine::Bindings bindings{{"toy", nullptr, cloud.connection}};
  const engine::Report report = engine::execute(plan, bindings, runner, {});
  REQUIRE(report.succeeded());
  for (const engine::StepResult& result : report.results)
    CHECK(result.finished - result.started < 6s);
  CHECK(report.rate_bound == Duration{28s});
  CHECK(engine::lower_bound(plan, report) == report.rate_bound);
  CHECK(report.finished - report.started <= report.rate_bound + 1s);
  CHECK(cloud.looks <= 30);
}

TEST_CASE("a removal in front of a slow cloud is asked after as soon as removals take") {
  Cloud cloud;
  cloud.needs_polls();
  ResourceType slow = toy::key;
  slow.typical = 50s;
  slow.typical_removal = 2s;
  engine::Plan plan;
  for (int i = 0; i < kSteps; ++i) {
    engine::Step& step = plan.steps.emplace_back();
    step.action = Action::remove;
    step.address = "k" + std::to_string(i);
    step.type = &slow;
    step.live = toy::have(step.address, toy::key, Map{{"name", step.address}}).object;
  }
  engine::Runner runner(cloud.transport, 1);
  const engine::Bindings bindings{{"toy", nullptr, cloud.connection}};
  const engine::Report report = engine::execute(plan, bindings, runner, {});
  REQUIRE(report.succeeded());
  const auto longest = std::ranges::max(report.results, {}, [](const engine::StepResult& result) {
    return result.finished - result.started;
  });
  CHECK(longest.finished - longest.started < slow.typical / 2);
}

TEST_CASE("who looks for an object is shown its family, and whom it asked for by id") {
  std::vector<LiveObject> objects;
  for (const char* const address : {"a", "b", "a", "c"}) {
    objects.push_back(toy::have(address, toy::network, Map{{"name", address}}).object);
    objects.back().id += std::to_string(objects.size());
  }
  objects[3].mark.reset();
  objects[3].is_unclaimed = true;
  const auto is = [](std::string id) {
    return [id = std::move(id)](const LiveObject& object) { return object.id == id; };
  };
  struct Case {
    engine::Sought sought;
    std::string found;
    std::size_t family;
  };
  const Case cases[] = {
      {{"id-b2", "b", {}}, "id-b2", 1},         {{"id-none", "b", {}}, "", 1},
      {{"", "a", is("id-a3")}, "id-a3", 2},     {{"", "b", is("id-a1")}, "", 1},
      {{"", "d", is("id-c4")}, "id-c4", 0},     {{"", "", is("id-a1")}, "id-a1", 4},
      {{"id-a1", "", is("id-b2")}, "id-a1", 4},
  };
  std::vector<engine::Sought> sought;
  for (const Case& test : cases) sought.push_back(test.sought);
  engine::Sight sight(toy::network, std::move(objects), sought);
  for (const Case& test : cases) {
    INFO(test.sought.id << " of " << test.sought.family);
    const LiveObject* const found = sight.find(test.sought);
    CHECK((found == nullptr ? "" : found->id) == test.found);
    CHECK(sight.family_of(test.sought).size() == test.family);
  }
}
