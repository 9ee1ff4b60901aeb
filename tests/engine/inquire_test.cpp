// Questions after what is waited for.
#include "engine/lone_network.h"

using namespace stackctl;
using lone_network::call;
using lone_network::Calls;
using lone_network::Run;
using scripted::reply;

namespace {

/// A cloud where what was made lacks something for `looks` looks, and may be asked why.
struct Awaiting : Run {
  int looks = 0;
  bool is_hopeless = false;

  explicit Awaiting(int lacking_looks) : looks(lacking_looks) {
    connection.behaviour.awaits = [this](const Work&, const LiveObject&) {
      return looks-- > 0 ? "its members" : "";
    };
    connection.behaviour.inquire = [](const Work&, const LiveObject& live) {
      Call question = call("why " + live.id);
      question.access = Access::read;
      return std::optional(question);
    };
    connection.behaviour.follow = [this](const Call& sent, const http::Reply&) -> Progress {
      if (is_hopeless && sent.operation.starts_with("why")) return Fail{error("no capacity")};
      return Settled{};
    };
  }
};

}  // namespace

TEST_CASE("what is awaited is asked after at every third look") {
  const std::pair<int, Calls> cases[] = {
      {0, {"create"}},
      {2, {"create"}},
      {3, {"create", "why id-net"}},
      {7, {"create", "why id-net", "why id-net"}},
  };
  for (const auto& [looks, calls] : cases) {
    INFO(looks << " looks");
    Awaiting run(looks);
    CHECK(run.end() == "done");
    CHECK(run.cloud.calls == calls);
  }
}

TEST_CASE("an answer may say that what is awaited will never be") {
  Awaiting run(100);
  run.is_hopeless = true;
  CHECK(run.end() == "no capacity");
  CHECK(run.cloud.calls == Calls{"create", "why id-net"});
}

TEST_CASE("what is awaited before an update is asked after as well") {
  Awaiting run(100);
  run.given();
  run.is_hopeless = true;
  run.work.action = Action::update;
  run.work.desired = Map{{"name", "s-net"}, {"mtu", 9000}};
  run.work.changed = {"mtu"};
  run.connection.behaviour.update = [](const Work&, const LiveObject&) {
    return std::vector<Call>{};
  };
  CHECK(run.end() == "no capacity");
  CHECK(run.cloud.calls == Calls{"why id-net"});
}

TEST_CASE("a refused question, or none, changes nothing") {
  Awaiting run(8);
  run.is_hopeless = true;
  Calls calls = {"create"};
  SECTION("refused") {
    const int status = GENERATE(400, 404, 409, 500);
    CAPTURE(status);
    run.cloud.surprises = {reply(200), reply(status), reply(status)};
    calls.insert(calls.end(), 2, "why id-net");
  }
  SECTION("none") {
    run.connection.behaviour.inquire = [](const Work&, const LiveObject&) {
      return std::optional<Call>();
    };
  }
  CHECK(run.end() == "done");
  CHECK(run.cloud.calls == calls);
}

TEST_CASE("what an update polls for is asked after as well, a removal's not") {
  Awaiting run(0);
  run.given();
  int polls = 7;
  run.connection.behaviour.follow = [&](const Call& sent, const http::Reply&) -> Progress {
    if (sent.operation.starts_with("why") && run.is_hopeless) return Fail{error("no capacity")};
    if (sent.operation.starts_with("why") || polls-- == 0) return Settled{};
    return Poll{call("poll"), "its members"};
  };
  run.work.action = Action::update;
  run.work.desired = Map{{"name", "s-net"}, {"mtu", 9000}};
  run.work.changed = {"mtu"};
  SECTION("in vain") {
    CHECK(run.end() == "done");
    CHECK(run.cloud.calls == Calls{"update", "poll", "poll", "why id-net", "poll", "poll", "poll",
                                   "why id-net", "poll", "poll"});
  }
  SECTION("it will never be") {
    run.is_hopeless = true;
    CHECK(run.end() == "no capacity");
    CHECK(run.cloud.calls == Calls{"update", "poll", "poll", "why id-net"});
  }
  SECTION("a removal") {
    run.work.action = Action::remove;
    CHECK(run.end() == "done");
    CHECK(run.cloud.calls ==
          Calls{"remove", "poll", "poll", "poll", "poll", "poll", "poll", "poll"});
  }
}
