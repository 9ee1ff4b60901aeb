#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "client.h"
#include "simulator/state_file.h"

namespace stackctl::simulator::testing {
namespace {

TEST_CASE("a saved account goes on where it was", "[simulator]") {
  Client first;
  first.finish("POST", "/instance-pool", first.pool_body());
  const std::string text = first.cloud.save();
  CHECK(text.find(default_secret) == std::string::npos);

  Client second;
  REQUIRE_FALSE(second.cloud.load(text, first.now));
  CHECK(second.cloud.save() == text);
  second.now = first.now;
  for (Client* client : {&first, &second}) {
    client->settle();
    client->finish("POST", "/load-balancer", {{"name", "lb"}});
  }
  CHECK(first.get("/instance") == second.get("/instance"));
  CHECK(first.get("/load-balancer") == second.get("/load-balancer"));
}

TEST_CASE("a state from the future keeps what remains to be done", "[simulator]") {
  Client ahead;
  ahead.pass(std::chrono::hours{10});
  const Json begun = ahead.call("POST", "/instance", ahead.instance_body()).body;
  Client client;
  REQUIRE_FALSE(client.cloud.load(ahead.cloud.save(), client.now));
  const std::string operation = "/operation/" + begun["id"].get<std::string>();
  CHECK(client.get(operation)["state"] == "pending");
  client.pass(std::chrono::seconds{40});
  CHECK(client.get(operation)["state"] == "success");
}

TEST_CASE("equal seeds give equal accounts", "[simulator]") {
  const auto run = [](std::uint64_t seed) {
    Client client({.seed = seed});
    return client.group("web");
  };
  CHECK(run(7) == run(7));
  CHECK(run(7) != run(8));
}

TEST_CASE("what is no saved state changes nothing", "[simulator]") {
  Client client;
  client.group("web");
  const std::string before = client.cloud.save();
  const Json good = Json::parse(before);
  std::vector<std::string> texts{
      "", "{}", "[]", "null", "{\"version\":1}", before.substr(0, before.size() / 2)};
  for (const char* key : {"clock", "objects", "pending", "random", "addresses", "version"})
    for (const Json& wrong : {Json("x"), Json(nullptr), Json::array({1}), Json{{"a", 1}}}) {
      Json broken = good;
      broken[key] = wrong;
      texts.push_back(broken.dump());
    }
  for (const std::string& text : texts) {
    INFO(text.substr(0, 200));
    CHECK(client.cloud.load(text, client.now));
  }
  CHECK(client.cloud.save() == before);
  Client elsewhere({.zone = "de-fra-1"});
  CHECK(elsewhere.cloud.load(before, client.now));
}

TEST_CASE("a state that was edited by hand gives errors, not crashes", "[simulator]") {
  Client client;
  client.finish("POST", "/instance-pool", client.pool_body());
  Json saved = Json::parse(client.cloud.save());
  for (Json& pool : saved["objects"]["instance-pool"]) pool["size"] = "many";
  REQUIRE_FALSE(client.cloud.load(saved.dump(), client.now));
  const std::string id = saved["objects"]["instance-pool"].begin().key();
  CHECK(client.call("PUT", "/instance-pool/" + id + ":scale", {{"size", 1}}).status == 500);
}

TEST_CASE("state files are private and whole", "[simulator]") {
  const auto folder =
      std::filesystem::temp_directory_path() / ("simulator-state-" + std::to_string(getpid()));
  std::filesystem::create_directories(folder);
  const std::string path = folder / "state.json";
  Client client;
  REQUIRE_FALSE(load_state(client.cloud, path, client.now));  // none yet
  client.group("web");
  REQUIRE_FALSE(save_state(client.cloud, path));
  struct stat status {};
  REQUIRE(stat(path.c_str(), &status) == 0);
  CHECK((status.st_mode & 0777U) == 0600U);
  Client other;
  REQUIRE_FALSE(load_state(other.cloud, path, client.now));
  CHECK(other.cloud.save() == client.cloud.save());
  CHECK(save_state(client.cloud, folder / "missing" / "state.json"));
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace stackctl::simulator::testing
