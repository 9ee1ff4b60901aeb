// Commands beside the calls: made, run, settled in the mark.
#include <deque>

#include <catch2/catch.hpp>

#include "engine/executor.h"
#include "engine/scripted.h"
#include "engine/spec.h"
#include "engine/toy.h"

using namespace stackctl;
using scripted::reply;

namespace {

/// Ends each command at once; those of the names in `failing` fail.
struct Recorder final : engine::Commands {
  void start(std::size_t id, const engine::Command& command) override {
    std::string line = command.arguments.front();
    for (const auto& [name, value] : command.environment)
      line.append(" ").append(name).append("=").append(value);
    log.push_back(line);
    secrets = command.secrets;
    const bool fails = command.arguments.front() == failing;
    ended_.push_back({id, fails ? Result<std::string>(error("it failed")) : std::string()});
  }
  std::optional<engine::Ended> ended() override {
    if (ended_.empty()) return std::nullopt;
    engine::Ended first = std::move(ended_.front());
    ended_.pop_front();
    return first;
  }
  void cancel_all() override { ended_.clear(); }

  std::string failing;
  std::vector<std::string> log;
  std::vector<std::string> secrets;

 private:
  std::deque<engine::Ended> ended_;
};

Call call(std::string url) {
  Call made{url, {}, Access::write, Repeat::freely};
  made.request.url = std::move(url);
  return made;
}

/// A cloud of disks that does what it is told.
struct Cloud {
  std::map<std::string, LiveObject> objects;
  Recorder commands;
  scripted::Transport transport{[](const http::Request&) { return reply(200); }};
  std::shared_ptr<scripted::Connection> connection = std::make_shared<scripted::Connection>();
  engine::Runner runner{transport, 1};

  Cloud() {
    connection->listed = [this] {
      std::vector<LiveObject> all;
      for (const auto& [address, object] : objects) all.push_back(object);
      return all;
    };
    connection->behaviour.create = [this](const Work& work) {
      engine::BoundObject made = toy::have(work.mark.address, *work.type, *work.desired.map());
      made.object.mark = work.mark;
      if (!work.first_spec.empty()) made.object.mark->spec = work.first_spec;
      objects.insert_or_assign(work.mark.address, made.object);
      return call("create " + work.mark.address);
    };
    connection->behaviour.follow = [](const Call&, const http::Reply&) {
      return Progress(Settled{});
    };
    connection->behaviour.created_id = [](const Work&, const Call&, const http::Reply&) {
      return std::string();
    };
    connection->behaviour.update = [this](const Work& work, const LiveObject&) {
      objects.at(work.mark.address).mark = work.mark;
      return std::vector<Call>{call("mark " + work.mark.address)};
    };
    connection->behaviour.remove = [this](const LiveObject& live) {
      const std::string address = live.mark->address;
      objects.erase(address);
      return std::vector<Call>{call("remove " + address)};
    };
  }

  engine::Plan plan(std::vector<engine::DesiredObject> wanted,
                    const engine::PlanOptions& options = {}) const {
    std::vector<engine::BoundObject> there;
    for (const auto& [address, object] : objects) there.push_back({object, 0});
    return engine::make_plan(toy::desired(std::move(wanted)), toy::live(std::move(there)), options);
  }

  engine::Report execute(const engine::Plan& plan) {
    commands.log.clear();
    engine::ExecuteOptions options;
    options.commands = &commands;
    return engine::execute(plan, {{"toy", nullptr, connection}}, runner, options);
  }

  bool owes(const std::string& address) const {
    return engine::Spec::parse(objects.at(address).mark->spec).has(engine::flag::kHookOwed);
  }
};

Hook hook(const std::string& name, bool before = false) {
  Hook made;
  made.name = name;
  made.before = before;
  made.command = List{name};
  made.environment = Map{{"ID", Reference{"data", "id"}}, {"TOKEN", Value(Secret{"hidden"})}};
  return made;
}

std::vector<engine::DesiredObject> stack(std::vector<Hook> hooks) {
  engine::DesiredObject data = toy::want("data", toy::disk, {{"name", "s-data"}, {"size", 10}});
  data.declared = std::make_shared<const engine::Declared>(
      engine::Declared{{.hooks = std::move(hooks)}, data.declared->location});
  return {data,
          toy::want("web", toy::server,
                    {{"name", "s-web"}, {"size", "s"}, {"gateway", Reference{"data", "id"}}})};
}

using Log = std::vector<std::string>;
const std::string kVariables = " ID=id-data TOKEN=hidden";

}  // namespace

TEST_CASE("a hook runs after the creation, and the mark says so when all are done") {
  Cloud cloud;
  const auto wanted = stack({hook("one"), hook("two")});
  const engine::Report report = cloud.execute(cloud.plan(wanted));
  CHECK(report.succeeded());
  CHECK(cloud.commands.log == Log{"one" + kVariables, "two" + kVariables});
  CHECK(cloud.commands.secrets == Log{"hidden"});
  CHECK_FALSE(cloud.owes("data"));
  CHECK(cloud.plan(wanted).empty());
}

TEST_CASE("a hook that fails holds up what needs it, and is run again") {
  Cloud cloud;
  cloud.commands.failing = "two";
  const auto wanted = stack({hook("one"), hook("two")});
  const engine::Report failed = cloud.execute(cloud.plan(wanted));
  CHECK(failed.count(engine::Outcome::failed) == 1);
  CHECK(failed.count(engine::Outcome::skipped) == 1);
  CHECK(cloud.owes("data"));
  CHECK_FALSE(cloud.objects.contains("web"));

  SECTION("by the next apply") {
    cloud.commands.failing.clear();
    CHECK(cloud.execute(cloud.plan(wanted)).succeeded());
    CHECK(cloud.commands.log == Log{"one" + kVariables, "two" + kVariables});
    CHECK_FALSE(cloud.owes("data"));
    CHECK(cloud.plan(wanted).empty());
  }
  SECTION("also after one that changes the object and fails again") {
    auto changed = wanted;
    (*changed.front().object.attributes.map())["size"] = 20;
    CHECK_FALSE(cloud.execute(cloud.plan(changed)).succeeded());
    CHECK(cloud.owes("data"));
  }
}

TEST_CASE("an object goes only after all of its hooks") {
  Cloud cloud;
  const std::vector<Hook> hooks = {hook("one", true), hook("two", true)};
  REQUIRE(cloud.execute(cloud.plan(stack(hooks))).succeeded());
  REQUIRE(cloud.commands.log.empty());
  engine::PlanOptions how;
  how.lifecycles["data"].hooks = hooks;
  cloud.commands.failing = "two";
  CHECK_FALSE(cloud.execute(cloud.plan({}, how)).succeeded());
  CHECK(cloud.commands.log.size() == 2);
  CHECK(cloud.objects.contains("data"));
  cloud.commands.failing.clear();
  CHECK(cloud.execute(cloud.plan({}, how)).succeeded());
  CHECK(cloud.commands.log == Log{"one" + kVariables, "two" + kVariables});
  CHECK(cloud.objects.empty());
}

TEST_CASE("a hook whose values an earlier run took away is left out, and that is said") {
  Cloud cloud;
  REQUIRE(cloud.execute(cloud.plan(stack({}))).succeeded());
  Hook last = hook("last", true);
  last.environment = Map{{"ADDRESS", Reference{"gone", "ip"}}};
  engine::PlanOptions how;
  how.lifecycles["data"].hooks = {last};
  const engine::Plan plan = cloud.plan({}, how);
  REQUIRE(plan.faults.size() == 1);
  CHECK(plan.faults.front().summary == "last is not run: 'gone.ip' is gone already");
  CHECK_FALSE(has_errors(plan.faults));
  CHECK(cloud.execute(plan).succeeded());
  CHECK(cloud.commands.log.empty());
  CHECK(cloud.objects.empty());
}

TEST_CASE("a secret is no argument") {
  Cloud cloud;
  Hook leaky = hook("one");
  leaky.command = List{"one", Value(Secret{"hidden"})};
  const engine::Report report = cloud.execute(cloud.plan(stack({leaky})));
  CHECK(report.count(engine::Outcome::failed) == 1);
  CHECK(cloud.commands.log.empty());
  CHECK(cloud.owes("data"));
}
