// Two runs of one stack that make the same object at the same time: what the flow of one of them
// does when it sees the other's.
#include <algorithm>

#include <catch2/catch.hpp>

#include "engine/runner.h"
#include "engine/scripted.h"
#include "engine/toy.h"

using namespace stackctl;
using namespace std::chrono_literals;

namespace {

constexpr const char* kOurs = "b-ours";
constexpr const char* kEarly = "2026-01-01T00:00:00Z";
constexpr const char* kLate = "2026-01-01T00:00:09Z";

LiveObject network(const std::string& id, const std::string& created) {
  LiveObject made = toy::have("net", toy::network, {{"name", "s-net"}, {"mtu", 1500}}).object;
  made.id = id;
  made.attributes.map()->insert_or_assign("id", id);
  made.mark = Mark{"s", "net", "spec"};
  made.created = created;
  return made;
}

/// A flow that makes a network of this age, while `others` are there.
struct Run {
  std::vector<LiveObject> objects;
  std::vector<std::string> calls;
  std::string age = kEarly;
  ResourceType type = toy::network;
  bool tells_id = true;
  /// Before the n-th listing the other run does this.
  std::function<void(std::size_t listing, std::vector<LiveObject>&)> meanwhile;
  std::vector<std::string> known_ids;

  /// The id of what the flow ends with, or why it fails.
  std::string end() {
    std::size_t listings = 0;
    scripted::Connection connection;
    connection.listed = [&] {
      if (meanwhile) meanwhile(++listings, objects);
      return objects;
    };
    connection.behaviour.create = [](const Work&) { return call("create"); };
    connection.behaviour.update = [](const Work&, const LiveObject&) {
      return std::vector<Call>{call("update")};
    };
    connection.behaviour.remove = [](const LiveObject& live) {
      return std::vector<Call>{call("remove " + live.id)};
    };
    connection.behaviour.follow = [](const Call&, const http::Reply&) {
      return Progress(Settled{});
    };
    connection.behaviour.created_id = [this](const Work&, const Call&, const http::Reply&) {
      return std::string(tells_id ? kOurs : "");
    };
    scripted::Transport transport([this](const http::Request& request) {
      if (request.url != "toy://list") work(request.url);
      return scripted::reply(200);
    });
    engine::Runner runner(transport, 1);
    Work todo;
    todo.type = &type;
    todo.mark = {"s", "net", "spec"};
    todo.desired = Map{{"name", "s-net"}, {"mtu", 1500}};
    todo.known_ids = known_ids;
    runner.start(connection, connection.carry_out(todo), {&type, 0, 10min});
    const auto finished = runner.wait(Time::max());
    REQUIRE(finished);
    if (const auto* why = std::get_if<Diagnostic>(&finished->result)) return why->summary;
    return std::string(std::get<Value>(finished->result).text_at("id"));
  }

 private:
  static Call call(std::string url) {
    Call made{"call", {}, Access::write, Repeat::look_first};
    made.request.url = std::move(url);
    return made;
  }

  void work(const std::string& url) {
    calls.push_back(url);
    if (url == "create") objects.push_back(network(kOurs, age));
    std::erase_if(objects, [&](const LiveObject& object) { return url == "remove " + object.id; });
  }
};

using Calls = std::vector<std::string>;

}  // namespace

TEST_CASE("of two objects that two runs made, the younger goes, and both runs go on") {
  Run run;
  run.age = kLate;
  run.objects = {network("a", kEarly)};
  CHECK(run.end() == "a");
  CHECK(run.calls == Calls{"create", "remove b-ours"});
  CHECK(run.objects.size() == 1);
}

TEST_CASE("the run that made the older one waits for the other to take back its own") {
  Run run;
  run.objects = {network("c", kLate)};
  SECTION("which it does") {
    run.meanwhile = [](std::size_t listing, std::vector<LiveObject>& objects) {
      if (listing == 3)
        std::erase_if(objects, [](const LiveObject& object) { return object.id == "c"; });
    };
    CHECK(run.end() == kOurs);
    CHECK(run.calls == Calls{"create"});
  }
  SECTION("which it does not, because it is over: then one of them goes all the same") {
    CHECK(run.end() == "c");
    CHECK(run.calls == Calls{"create", "remove b-ours"});
    CHECK(run.objects.size() == 1);
  }
}

TEST_CASE("of two of the same age, or of a type that does not tell it, the smaller id stays") {
  for (const char* age : {kEarly, ""}) {
    Run run;
    run.age = age;
    run.objects = {network("a", age)};
    CHECK(run.end() == "a");
    CHECK(run.calls == Calls{"create", "remove b-ours"});
  }
}

TEST_CASE("without an id from the create call, the younger is taken for ours") {
  Run run;
  run.tells_id = false;
  run.age = kLate;
  run.objects = {network("a", kEarly)};
  CHECK(run.end() == "a");
  CHECK(run.calls == Calls{"create", "remove b-ours"});
}

TEST_CASE("what is to go anyway is no work of another run") {
  Run run;
  run.age = kLate;
  run.objects = {network("a", kEarly)};
  SECTION("the old half of a replacement, a duplicate") { run.known_ids = {"a"}; }
  SECTION("what the cloud gave up on") { run.objects[0].condition = Condition::failed; }
  SECTION("what is being deleted") { run.objects[0].condition = Condition::leaving; }
  SECTION("what bears another mark") { run.objects[0].mark->address = "other"; }
  SECTION("what bears another stack's mark") { run.objects[0].mark->stack = "t"; }
  SECTION("what bears none") { run.objects[0].mark.reset(); }
  CHECK(run.end() == kOurs);
  CHECK(run.calls == Calls{"create"});
}

TEST_CASE("where the cloud refuses a second one of the same name, there is none") {
  Run run;
  run.type.key_is_unique = true;
  run.age = kLate;
  run.objects = {network("a", kEarly)};
  CHECK(run.end() == kOurs);
  CHECK(run.calls == Calls{"create"});
}

TEST_CASE("parts are told by their key: the old one of a replacement is no rival") {
  Run run;
  run.type.marked = Marked::parent;
  run.age = kLate;
  run.objects = {network("a", kEarly)};
  for (LiveObject& object : run.objects) object.mark.reset();
  SECTION("of another run") {
    CHECK(run.end() == "a");
    CHECK(run.calls == Calls{"create", "remove b-ours"});
  }
  SECTION("of this one") {
    run.known_ids = {"a"};
    CHECK(run.end() == kOurs);
    CHECK(run.calls == Calls{"create"});
  }
}

TEST_CASE("when both give way, it is made again") {
  Run run;
  run.age = kLate;
  run.objects = {network("a", kEarly)};
  run.meanwhile = [&](std::size_t, std::vector<LiveObject>& objects) {
    if (run.calls.size() == 2) objects.clear();  // the other run took back its own as well
  };
  CHECK(run.end() == kOurs);
  CHECK(run.calls == Calls{"create", "remove b-ours", "create"});
}
