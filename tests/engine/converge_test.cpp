#include "engine/lone_network.h"

using namespace stackctl;
using namespace std::chrono_literals;
using lone_network::call;
using lone_network::Calls;
using lone_network::Run;
using scripted::no_reply;
using scripted::reply;

TEST_CASE("a create is one call and a look") {
  Run run;
  CHECK(run.end() == "done");
  CHECK(run.cloud.calls == Calls{"create"});
}

TEST_CASE("a create whose answer was lost is looked up before it is repeated") {
  SECTION("the work was done") {
    Run run;
    run.cloud.surprises = {no_reply(http::Failure::lost)};
    run.cloud.works_before_surprise = true;
    CHECK(run.end() == "done");
    CHECK(run.cloud.calls == Calls{"create"});
  }
  SECTION("the work was not done") {
    Run run;
    run.cloud.surprises = {no_reply(http::Failure::lost)};
    CHECK(run.end() == "done");
    CHECK(run.cloud.calls == Calls{"create", "create"});
    CHECK(run.cloud.objects.size() == 1);
  }
  SECTION("never an answer") {
    Run run;
    run.cloud.surprises.assign(20, reply(503));
    CHECK(run.end() == "no answer to 6 attempts to create it");
    CHECK(run.detail == "later");
    CHECK(run.cloud.calls.size() == 6);
  }
}

TEST_CASE("no create is sent again before three looks have not found what the last one made") {
  const auto lost = GENERATE(no_reply(http::Failure::lost), reply(503));
  const bool is_late = GENERATE(true, false);
  const std::size_t losses = GENERATE(1U, 2U);
  CAPTURE(lost.status, is_late, losses);
  ResourceType type = toy::network;
  type.appears_when_ready = is_late;
  Run run;
  run.work.type = &type;
  run.cloud.surprises.assign(losses, lost);
  CHECK(run.end() == "done");
  CHECK(run.cloud.calls == Calls(losses + 1, "create"));
  CHECK(run.cloud.objects.size() == 1);
  std::size_t looks = 3;
  std::optional<Time> last;
  for (const auto& [time, url] : run.transport.sent) {
    if (url == "toy://list") {
      ++looks;
      continue;
    }
    CHECK(looks >= 3);
    // What shows only when it is ready may be under way for as long as that takes.
    if (last && is_late) CHECK(time - *last >= 2 * type.typical);
    looks = 0;
    last = time;
  }
}

TEST_CASE("what a lost create made is found, however late it shows") {
  for (const std::size_t unseen : {0U, 1U, 2U}) {
    INFO("it is not in the first " << unseen << " listings");
    Run run;
    run.cloud.surprises = {no_reply(http::Failure::lost)};
    run.cloud.works_before_surprise = true;
    std::size_t looks = 0;
    run.connection.listed = [&] {
      return looks++ < unseen ? std::vector<LiveObject>{} : run.cloud.objects;
    };
    CHECK(run.end() == "done");
    CHECK(run.cloud.calls == Calls{"create"});
  }
}

TEST_CASE("an operation that fails is told by the call that began it") {
  Run run;
  run.given();
  run.work.action = Action::update;
  run.work.desired = Map{{"name", "s-net"}, {"mtu", 9000}};
  run.work.changed = {"mtu"};
  run.connection.behaviour.follow = [](const Call& sent, const http::Reply&) -> Progress {
    if (sent.operation == "update") return Poll{call("look-at-operation"), "it to end"};
    return Fail{error("it ended in failure")};
  };
  CHECK(run.end() == "update: it ended in failure");
}

TEST_CASE("what a cloud says of a value is told without the secrets in it") {
  Run run;
  run.work.desired = Map{{"name", Secret{"hush-hush"}}, {"more", List{Secret{"hush"}, "plain"}}};
  run.connection.behaviour.follow = [](const Call&, const http::Reply&) -> Progress {
    return Fail{error("create: 'hush-hush', 'hush' and 'plain' are no names")};
  };
  CHECK(run.end() == "create: '(secret)', '(secret)' and 'plain' are no names");
}

TEST_CASE("a create that is refused because the object is there is not a failure") {
  Run run;
  run.connection.behaviour.create = [](const Work&) { return call("create", Repeat::look_first); };
  run.work.type = &toy::key;
  run.work.desired = Map{{"name", "k"}};
  run.work.mark = {"s", "key", ""};
  run.cloud.surprises = {reply(400)};
  SECTION("it is there") {
    run.cloud.objects.push_back(toy::have("key", toy::key, {{"name", "k"}}).object);
    CHECK(run.end() == "done");
  }
  SECTION("it is not") { CHECK(run.end() == "create: HTTP 400"); }
  CHECK(run.cloud.calls == Calls{"create"});
}

TEST_CASE("what is refused because it is there, though listed late, is waited for") {
  for (const bool is_late : {true, false}) {
    ResourceType type = toy::key;
    type.appears_when_ready = is_late;
    Run run;
    run.work.type = &type;
    run.work.desired = Map{{"name", "k"}};
    run.work.mark = {"s", "key", ""};
    run.cloud.surprises = {reply(400)};
    const Time shown = run.transport.now() + 3 * toy::key.typical / 2;
    run.connection.listed = [&] {
      const bool is_shown = run.transport.now() > shown;
      return is_shown ? std::vector{toy::have("key", toy::key, {{"name", "k"}}).object}
                      : std::vector<LiveObject>{};
    };
    CHECK(run.end() == (is_late ? "done" : "create: HTTP 400"));
    CHECK(run.cloud.calls == Calls{"create"});
  }
}

TEST_CASE("what the create call did not set is converged afterwards") {
  Run run;
  run.work.desired = Map{{"name", "s-net"}, {"mtu", 9000}};
  CHECK(run.end() == "done");
  CHECK(run.cloud.calls == Calls{"create", "update"});
}

TEST_CASE("an update that the cloud ignores is a failure, not a success") {
  Run run;
  run.given();
  run.cloud.work({.method = "PUT", .url = "update", .query = {}, .headers = {}, .body = {}});
  run.work.live = run.cloud.objects[0];
  run.work.action = Action::update;
  run.work.desired = Map{{"name", "s-net"}, {"mtu", 4000}};
  run.work.changed = {"mtu"};
  CHECK(run.end() == "the cloud does not take over 'mtu'");
  CHECK(run.cloud.calls == Calls{"update", "update", "update"});
}

TEST_CASE("an update that finds something gone already looks what is left to do") {
  Run run;
  run.given();
  run.work.live = run.cloud.objects[0];
  run.work.action = Action::update;
  run.work.desired = Map{{"name", "s-net"}, {"mtu", 9000}};
  run.work.changed = {"mtu"};
  run.cloud.surprises = {reply(404)};
  SECTION("and does it") {
    CHECK(run.end() == "done");
    CHECK(run.cloud.calls == Calls{"update", "update"});
  }
  SECTION("and that it is itself gone") {
    run.cloud.objects.clear();
    CHECK(run.end() == "it is gone: somebody else deleted it during this run");
  }
}

TEST_CASE("an update waits until the object is ready") {
  Run run;
  run.given();
  run.work.action = Action::update;
  run.work.desired = Map{{"name", "s-net"}, {"mtu", 9000}};
  run.work.changed = {"mtu"};
  run.work.live.condition = Condition::pending;
  CHECK(run.end() == "done");
  CHECK(run.cloud.calls == Calls{"update"});
}

TEST_CASE("a removal") {
  Run run;
  run.given();
  run.work.action = Action::remove;
  SECTION("goes") {
    CHECK(run.end() == "done");
    CHECK(run.cloud.objects.empty());
  }
  SECTION("of what is gone already is done") {
    run.cloud.surprises = {reply(404)};
    CHECK(run.end() == "done");
  }
  SECTION("refused while in use is repeated") {
    run.cloud.surprises = {reply(409), reply(409)};
    CHECK(run.end() == "done");
    CHECK(run.cloud.calls == Calls{"remove", "remove", "remove"});
  }
  SECTION("of what is in use for ever ends in time and says who is waited for") {
    run.cloud.surprises.assign(1000, reply(409));
    CHECK(run.end() == "timed out after 5m, waiting for it to be free: still in use");
  }
  SECTION("by a call that must not be repeated blindly is looked at before it is sent again") {
    run.connection.behaviour.remove = [](const LiveObject&) {
      return std::vector<Call>{call("remove", Repeat::look_first)};
    };
    run.cloud.surprises = {reply(503)};
    run.cloud.works_before_surprise = GENERATE(true, false);
    const bool is_done = run.cloud.works_before_surprise;
    CHECK(run.end() == "done");
    CHECK(run.cloud.objects.empty());
    CHECK(run.cloud.calls.size() == (is_done ? 1 : 2));
  }
  SECTION("of what is leaving already is only waited for") {
    run.work.live.condition = Condition::leaving;
    run.cloud.objects.clear();
    CHECK(run.end() == "done");
    CHECK(run.cloud.calls.empty());
  }
}

TEST_CASE("all who wait for objects of a type share one listing") {
  Run run;
  run.connection.limit = {.depth = 100, .per_second = 1000, .burst = 100};
  for (int i = 0; i < 50; ++i)
    run.runner.start(run.connection, run.connection.carry_out(run.work), {&toy::network, 0, 5min});
  for (int i = 0; i < 50; ++i) REQUIRE(run.runner.wait(Time::max()));
  std::size_t listings = 0;
  for (const auto& [time, url] : run.transport.sent) listings += url == "toy://list" ? 1 : 0;
  CHECK(listings == 1);
}
