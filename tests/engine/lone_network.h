// One step at a time, in a cloud of one network.
#pragma once

#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "engine/runner.h"
#include "engine/scripted.h"
#include "engine/toy.h"

namespace lone_network {

using namespace stackctl;

/// A cloud of one network, told what to answer to the first calls.
struct Cloud {
  std::vector<LiveObject> objects;
  std::vector<http::Reply> surprises;  // answers to the first calls, in place of 200
  bool works_before_surprise = false;  // the work is done although the answer is a surprise
  std::vector<std::string> calls;

  http::Reply answer(const http::Request& request) {
    if (request.url == "toy://list") return scripted::reply(200);
    calls.push_back(request.url);
    const bool surprised = !surprises.empty();
    http::Reply answer = surprised ? surprises.front() : scripted::reply(200);
    if (surprised) surprises.erase(surprises.begin());
    if (answer.status == 200 || works_before_surprise) work(request);
    works_before_surprise = false;
    return answer;
  }

  void work(const http::Request& request) {
    if (request.url == "create") {
      LiveObject made = toy::have("net", toy::network, {{"name", "s-net"}, {"mtu", 1500}}).object;
      made.mark = Mark{"s", "net", "spec"};
      objects.push_back(made);
    }
    if (request.url == "update" && !objects.empty()) (*objects[0].attributes.map())["mtu"] = 9000;
    if (request.url == "remove") objects.clear();
  }
};

inline Call call(std::string url, Repeat repeat = Repeat::freely) {
  Call made{url, {}, Access::write, repeat};
  made.request.url = std::move(url);
  return made;
}

struct Run {
  Cloud cloud;
  scripted::Transport transport{[this](const http::Request& r) { return cloud.answer(r); }};
  scripted::Connection connection;
  engine::Runner runner{transport, 1};
  Work work;

  Run() {
    connection.listed = [this] { return cloud.objects; };
    connection.behaviour.create = [](const Work&) { return call("create", Repeat::look_first); };
    connection.behaviour.update = [](const Work&, const LiveObject&) {
      return std::vector<Call>{call("update")};
    };
    connection.behaviour.remove = [](const LiveObject&) {
      return std::vector<Call>{call("remove")};
    };
    connection.behaviour.follow = [](const Call&, const http::Reply&) {
      return Progress(Settled{});
    };
    connection.behaviour.created_id = [](const Work&, const Call&, const http::Reply&) {
      return std::string();
    };
    work.type = &toy::network;
    work.mark = {"s", "net", "spec"};
    work.desired = Map{{"name", "s-net"}, {"mtu", 1500}};
  }

  void given() {
    cloud.work({.method = "POST", .url = "create", .query = {}, .headers = {}, .body = {}});
    work.live = cloud.objects[0];
  }

  /// "done" or what the failure says.
  std::string end() {
    runner.start(connection, connection.carry_out(work),
                 {&toy::network, 0, std::chrono::minutes{5}});
    const auto finished = runner.wait(Time::max());
    REQUIRE(finished);
    const auto* const why = std::get_if<Diagnostic>(&finished->result);
    if (why == nullptr) return "done";
    detail = why->detail;
    return why->summary;
  }

  std::string detail = {};  ///< of the failure
};

using Calls = std::vector<std::string>;

}  // namespace lone_network
