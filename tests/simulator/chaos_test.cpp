#include "simulator/chaos.h"

#include <catch2/catch.hpp>

#include "client.h"

namespace stackctl::simulator::testing {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

/// A client of a cloud behind faults.
struct Troubled : Client {
  Chaos chaos;
  int deaths = 0;

  explicit Troubled(const std::string& faults, std::uint64_t seed = 1)
      : chaos(*parse_faults(faults), seed, [this] { ++deaths; }) {}
  Troubled(const Troubled&) = delete;
  Troubled& operator=(const Troubled&) = delete;

  Routed ask(const std::string& method, const std::string& path, const Json& body = nullptr) {
    return chaos.handle(cloud, signed_request(now, method, path, body.is_null() ? "" : body.dump()),
                        now);
  }
  Routed make_group() { return ask("POST", "/security-group", {{"name", "web"}}); }
  /// The list as the cloud itself has it.
  std::size_t groups() { return get("/security-group")["security-groups"].size(); }
  std::string state_of(const Routed& routed) {
    return get("/operation/" + Json::parse(routed.reply.body)["id"].get<std::string>())["state"];
  }
};

bool is_lost(const Routed& routed) { return routed.reply.failure == http::Failure::lost; }

TEST_CASE("faults are read, and shown as they are read", "[chaos]") {
  for (const char* text : {"429:5%", "lost-reply:2", "crash-after@7", "503:12.5%:3",
                           "429:5%,stale:100%,stuck-operation:1,crash-before@12"}) {
    INFO(text);
    const auto faults = parse_faults(text);
    REQUIRE(faults);
    CHECK(display(*faults) == text);
  }
  const auto faults = *parse_faults("429:5%,lost-reply:2,crash-after@7");
  CHECK(faults == std::vector<Fault>{{Trouble::throttled, 0.05, 0, 0},
                                     {Trouble::lost_reply, 0, 2, 0},
                                     {Trouble::crash_after, 0, 0, 7}});
}

TEST_CASE("a fault that is misspelt is told, with what was meant", "[chaos]") {
  const struct {
    const char* text;
    const char* summary;
    const char* hint;
  } rows[] = {
      {"lost-replies:2", "unknown fault 'lost-replies'", "did you mean 'lost-reply'?"},
      {"", "unknown fault ''", "the faults are 429, 503, lost-request"},
      {"429:5%,", "unknown fault ''", "the faults are"},
      {"429", "the fault '429' does not say when it strikes", "NAME:5% is a chance"},
      {"429:", "the fault '429:'", "NAME"},
      {"429:0", "the fault '429:0'", "NAME"},
      {"429:0%", "the fault '429:0%'", "NAME"},
      {"429:101%", "the fault '429:101%'", "NAME"},
      {"429:-1%", "the fault '429:-1%'", "NAME"},
      {"429:nan%", "the fault '429:nan%'", "NAME"},
      {"429:5x", "the fault '429:5x'", "NAME"},
      {"503@0", "the fault '503@0'", "NAME"},
      {"503@7:2", "the fault '503@7:2'", "NAME"},
      {"503@99999999999999999999", "the fault '503@", "NAME"},
  };
  for (const auto& row : rows) {
    INFO(row.text);
    const auto faults = parse_faults(row.text);
    REQUIRE_FALSE(faults);
    CHECK_THAT(faults.fault().summary, Catch::StartsWith(row.summary));
    CHECK_THAT(faults.fault().hint, Catch::StartsWith(row.hint));
  }
}

TEST_CASE("turned away: the cloud has done nothing and says when to come again", "[chaos]") {
  Troubled client("429:1,503:1");
  const std::size_t before = client.groups();
  const Routed throttled = client.make_group();
  CHECK(throttled.reply.status == 429);
  const auto after = http::find(throttled.reply.headers, "Retry-After");
  REQUIRE(after);
  CHECK(std::stoi(std::string(*after)) >= 1);
  CHECK(client.make_group().reply.status == 503);
  CHECK(client.groups() == before);
  CHECK(client.make_group().reply.status == 200);
  CHECK(client.chaos.strikes() == 2);
  CHECK(client.chaos.writes() == 3);
}

TEST_CASE("object storage turns away in its own words", "[chaos]") {
  Troubled client("503:1,429:1");
  http::Request request;
  request.url = "https://sos-ch-gva-2.exo.io/";
  for (int i = 0; i < 2; ++i) {
    const Routed routed = client.chaos.handle(client.cloud, request, client.now);
    CHECK(routed.reply.status == 503);
    CHECK_THAT(routed.reply.body, Catch::Contains("<Code>SlowDown</Code>"));
  }
}

TEST_CASE("a lost request was never there, a lost reply is of work that is done", "[chaos]") {
  Troubled client("lost-request:1,lost-reply:1");
  const std::size_t before = client.groups();
  const Routed request = client.make_group();
  CHECK(is_lost(request));
  CHECK(client.groups() == before);
  const Routed reply = client.make_group();
  CHECK(is_lost(reply));
  CHECK(request.reply.failure_text == reply.reply.failure_text);
  client.settle();
  CHECK(client.groups() == before + 1);
}

TEST_CASE("a slow answer is as good as any, but later", "[chaos]") {
  Troubled client("slow:20");
  for (int i = 0; i < 20; ++i) {
    const Routed routed = client.ask("GET", "/zone");
    CHECK(routed.reply.status == 200);
    CHECK(routed.late > Duration{0});
    CHECK(routed.late <= minutes{1});
  }
  CHECK(client.ask("GET", "/zone").late == Duration{0});
}

TEST_CASE("a stale list is as it was some seconds ago; nothing else is ever stale", "[chaos]") {
  Troubled client("stale:100%");
  const std::string before = client.ask("GET", "/security-group").reply.body;
  CHECK(client.chaos.strikes() == 0);
  const Routed made = client.make_group();
  client.pass(seconds{10});
  CHECK(client.ask("GET", "/security-group").reply.body == before);
  CHECK(client.chaos.strikes() == 1);
  const std::string operation =
      "/operation/" + Json::parse(made.reply.body)["id"].get<std::string>();
  CHECK(Json::parse(client.ask("GET", operation).reply.body)["state"] == "success");
  client.pass(seconds{1});
  CHECK(Json::parse(client.ask("GET", operation).reply.body)["state"] == "success");
  CHECK(client.chaos.strikes() == 1);
  client.pass(minutes{1});
  CHECK(client.ask("GET", "/security-group").reply.body != before);
}

TEST_CASE("an update that fails changes nothing, a removal that fails removes nothing", "[chaos]") {
  Troubled client("failed-operation:100%");
  const std::string id = client.finish("POST", "/instance", client.instance_body());
  const Json before = client.get("/instance/" + id);
  const Routed update = client.ask("PUT", "/instance/" + id, {{"labels", {{"a", "b"}}}});
  CHECK(client.state_of(update) == "pending");
  client.pass(minutes{5});
  CHECK(client.state_of(update) == "failure");
  CHECK(client.get("/instance/" + id) == before);

  const Routed stop = client.ask("PUT", "/instance/" + id + ":stop");
  CHECK(client.get("/instance/" + id)["state"] == "stopping");
  client.pass(minutes{5});
  CHECK(client.state_of(stop) == "failure");
  CHECK(client.get("/instance/" + id) == before);

  const Routed removal = client.ask("DELETE", "/instance/" + id);
  CHECK(client.get("/instance/" + id)["state"] == "destroying");
  client.pass(minutes{5});
  CHECK(client.state_of(removal) == "failure");
  CHECK(client.get("/instance/" + id) == before);
  CHECK(client.chaos.strikes() == 3);
}

TEST_CASE("a create that fails leaves nothing, or something broken that can be removed",
          "[chaos]") {
  std::size_t gone = 0;
  std::size_t broken = 0;
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    Troubled client("failed-operation:1", seed);
    client.cloud = Cloud({.seed = seed});
    const Routed made = client.ask("POST", "/load-balancer", {{"name", "front"}});
    CHECK(client.get("/load-balancer")["load-balancers"].size() == 1);
    client.pass(minutes{5});
    CHECK(client.state_of(made) == "failure");
    const Json left = client.get("/load-balancer")["load-balancers"];
    gone += left.empty() ? 1 : 0;
    if (left.empty()) continue;
    ++broken;
    CHECK(left[0]["state"] == "error");
    client.finish("DELETE", "/load-balancer/" + left[0]["id"].get<std::string>());
    CHECK(client.get("/load-balancer")["load-balancers"].empty());
  }
  CHECK(gone > 0);
  CHECK(broken > 0);
}

TEST_CASE("what others changed while an operation was failing stays changed", "[chaos]") {
  Troubled client("failed-operation:1");
  const std::string id = client.finish("POST", "/instance", client.instance_body());
  const Routed stop = client.ask("PUT", "/instance/" + id + ":stop");
  client.ask("PUT", "/instance/" + id, {{"labels", {{"a", "b"}}}});
  client.pass(minutes{5});
  CHECK(client.state_of(stop) == "failure");
  const Json instance = client.get("/instance/" + id);
  CHECK(instance["state"] == "running");
  CHECK(instance["labels"] == Json{{"a", "b"}});
}

TEST_CASE("a stuck operation ends well, most of an hour later", "[chaos]") {
  Troubled client("stuck-operation:1");
  const Routed made = client.make_group();
  client.pass(minutes{40});
  CHECK(client.state_of(made) == "pending");
  client.pass(minutes{10});
  CHECK(client.state_of(made) == "success");
}

TEST_CASE("a fault that cannot strike a call waits for one that it can strike", "[chaos]") {
  Troubled client("failed-operation:1");
  client.ask("GET", "/security-group");
  client.ask("POST", "/ssh-key", {{"name", "k"}, {"public-key", "no key"}});  // is refused
  CHECK(client.chaos.strikes() == 0);
  const Routed made = client.make_group();
  CHECK(client.chaos.strikes() == 1);
  client.pass(minutes{5});
  CHECK(client.state_of(made) == "failure");
}

TEST_CASE("the client dies before or after the work of one write", "[chaos]") {
  for (const bool after : {false, true}) {
    Troubled client(after ? "crash-after@2" : "crash-before@2");
    client.make_group();
    client.settle();
    const std::size_t before = client.groups();
    CHECK(client.deaths == 0);
    CHECK(is_lost(client.ask("POST", "/security-group", {{"name", "db"}})));
    CHECK(client.deaths == 1);
    client.settle();
    CHECK(client.groups() == before + (after ? 1 : 0));
    client.ask("POST", "/security-group", {{"name", "third"}});
    CHECK(client.deaths == 1);
  }
}

TEST_CASE("equal seeds give equal storms, others do not", "[chaos]") {
  const auto storm = [](std::uint64_t seed) {
    Troubled client("429:10%,503:10%,lost-reply:10%", seed);
    std::string seen;
    for (int i = 0; i < 200; ++i)
      seen += std::to_string(client.ask("GET", "/zone").reply.status) + ' ';
    return seen;
  };
  CHECK(storm(7) == storm(7));
  CHECK(storm(7) != storm(8));
}

}  // namespace
}  // namespace stackctl::simulator::testing
