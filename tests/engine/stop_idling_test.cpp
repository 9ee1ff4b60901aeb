// A run that is to stop does not wait where nothing is under way.
#include "engine/executor.h"
#include "engine/lone_network.h"

using namespace stackctl;
using lone_network::call;
using scripted::reply;

namespace {

/// What comes of a step when the user asks to stop as soon as it waits.
struct Stopped {
  lone_network::Run run;
  std::string outcome;
  bool interrupted = false;

  void carry_out(Action action) {
    engine::Plan plan;
    engine::Step& step = plan.steps.emplace_back();
    step.address = "net";
    step.action = action;
    step.type = &toy::network;
    step.live = run.work.live;
    step.mark = run.work.mark;
    step.desired = run.work.desired;
    int asked = 0;
    engine::ExecuteOptions options;
    options.interrupts = [&] { return asked; };
    options.listener = [&](const engine::Event& event) {
      if (std::holds_alternative<engine::StepWaiting>(event.what)) asked = 1;
    };
    const std::shared_ptr<const Connection> connection(std::shared_ptr<void>(), &run.connection);
    const engine::Bindings bindings = {{"toy", nullptr, connection}};
    const engine::Report report = engine::execute(plan, bindings, run.runner, options);
    const engine::StepResult& result = report.results.front();
    outcome = result.outcome == engine::Outcome::done ? "done" : result.why.summary;
    interrupted = report.interrupted;
  }
};

}  // namespace

TEST_CASE("a removal that waits to be free ends with the first request to stop") {
  Stopped stopped;
  stopped.run.given();
  stopped.run.cloud.surprises.assign(50, reply(409));
  SECTION("in the pause") {}
  SECTION("after an attempt that was under way") {
    stopped.run.connection.behaviour.remove = [](const LiveObject&) {
      return std::vector<Call>{call("detach"), call("remove")};
    };
    stopped.run.connection.behaviour.follow = [](const Call& sent, const http::Reply&) -> Progress {
      if (sent.operation == "detach") return Poll{call("look-at-operation"), "it to be detached"};
      return Settled{};
    };
    stopped.run.cloud.surprises.insert(stopped.run.cloud.surprises.begin(), 2, reply(200));
  }
  stopped.carry_out(Action::remove);
  CHECK(stopped.interrupted);
  CHECK(stopped.outcome == "interrupted while waiting for it to be free: still in use");
  CHECK(stopped.run.cloud.calls.back() == "remove");
  CHECK(stopped.run.cloud.calls.size() <= 3);
}

TEST_CASE("what is under way is finished after the first request to stop") {
  Stopped stopped;
  stopped.carry_out(Action::create);
  CHECK(stopped.interrupted);
  CHECK(stopped.outcome == "done");
}
