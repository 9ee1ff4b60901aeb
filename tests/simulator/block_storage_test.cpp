// Block storage volumes and their snapshots.
#include "refusal.h"

namespace stackctl::simulator::testing {
namespace {

using std::chrono::seconds;

std::string volume(Client& client, const Json& more = Json::object()) {
  Json body{{"name", "data"}, {"size", 20}};
  body.update(more);
  return client.finish("POST", "/block-storage", body);
}

TEST_CASE("volumes: made, changed, read, deleted", "[simulator]") {
  Client client;
  const Json begun = client.call("POST", "/block-storage", {{"size", 10}}).body;
  const std::string path = "/block-storage/" + begun["reference"]["id"].get<std::string>();
  CHECK(begun["reference"]["command"] == "get-block-storage-volume");
  CHECK(client.get(path)["state"] == "creating");
  check(client, {{"being made", "DELETE", path, nullptr, 409, "must be detached"}});
  client.settle();
  Json shown = client.get(path);
  CHECK(shown["state"] == "detached");
  CHECK_FALSE(shown.contains("name"));
  CHECK(client.get("/block-storage")["block-storage-volumes"] == Json::array({shown}));

  client.finish("PUT", path, {{"name", "data"}, {"labels", {{"a", "b"}}}});
  CHECK(client.get(path)["name"] == "data");
  client.finish("PUT", path, {{"name", nullptr}, {"labels", nullptr}});
  CHECK(client.get(path) == shown);
  client.finish("DELETE", path);
  CHECK(client.call("GET", path).status == 404);
}

TEST_CASE("volumes: one instance at a time, freed when that ends", "[simulator]") {
  Client client;
  const std::string id = volume(client);
  const std::string path = "/block-storage/" + id;
  const std::string instance = client.finish("POST", "/instance", client.instance_body());
  const std::string other = client.finish("POST", "/instance", client.instance_body());
  check(client, {{"not attached", "PUT", path + ":detach", nullptr, 400, "Volume not attached"}});
  CHECK(client.call("PUT", path + ":attach", holder(instance)).status == 200);
  CHECK(client.get(path)["state"] == "attaching");
  check(client, {{"on its way", "PUT", path + ":detach", nullptr, 409, "attaching"}});
  client.settle();
  CHECK(client.get(path)["state"] == "attached");
  CHECK(client.get(path)["instance"] == named(instance));
  CHECK(client.get("/block-storage", {{"instance-id", instance}})["block-storage-volumes"].size() ==
        1);
  CHECK(client.get("/block-storage", {{"instance-id", other}})["block-storage-volumes"].empty());
  check(client, {
                    {"attached elsewhere", "PUT", path + ":attach", holder(other), 409, "attached"},
                    {"attached", "DELETE", path, nullptr, 409, "must be detached"},
                });
  client.finish("PUT", path + ":detach");
  CHECK_FALSE(client.get(path).contains("instance"));
  client.finish("PUT", path + ":attach", holder(instance));
  client.finish("DELETE", "/instance/" + instance);
  CHECK(client.get(path)["state"] == "detached");
  CHECK_FALSE(client.get(path).contains("instance"));
  client.finish("DELETE", path);
}

TEST_CASE("volumes: small instances hold none, others five", "[simulator]") {
  Client client;
  const std::string path = "/block-storage/" + volume(client);
  for (const char* size : {"micro", "tiny"}) {
    const Json type{{"instance-type", named(client.instance_type("standard", size))}};
    const std::string small = client.finish("POST", "/instance", client.instance_body(type));
    check(client, {{size, "PUT", path + ":attach", holder(small), 400,
                    "Instance size must be at least small"}});
  }
  const std::string instance = client.finish("POST", "/instance", client.instance_body());
  for (int i = 0; i < 5; ++i)
    client.finish("PUT", "/block-storage/" + volume(client) + ":attach", holder(instance));
  check(client, {{"sixth", "PUT", path + ":attach", holder(instance), 409, "more volumes"}});
}

TEST_CASE("volumes grow, detached or under a stopped instance", "[simulator]") {
  Client client;
  const std::string path = "/block-storage/" + volume(client);
  const std::string resize = path + ":resize-volume";
  const Response grown = client.call("PUT", resize, {{"size", 30}});  // no operation
  CHECK(grown.status == 200);
  CHECK(grown.body == client.get(path));
  CHECK(grown.body["size"] == 30);
  const std::string instance = client.finish("POST", "/instance", client.instance_body());
  client.finish("PUT", path + ":attach", holder(instance));
  check(client, {
                    {"same size", "PUT", resize, {{"size", 30}}, 400, "can only grow"},
                    {"huge", "PUT", resize, {{"size", 10241}}, 400, "out of range"},
                    {"no size", "PUT", resize, Json::object(), 400, "size: missing"},
                    {"in use", "PUT", resize, {{"size", 40}}, 409, "stopped"},
                });
  client.finish("PUT", "/instance/" + instance + ":stop");
  CHECK(client.call("PUT", resize, {{"size", 40}}).body["size"] == 40);
}

TEST_CASE("block storage snapshots: made of volumes, and volumes of them", "[simulator]") {
  Client client;
  const std::string source = volume(client);
  const std::string path = "/block-storage/" + source;
  const Json begun =
      client.call("POST", path + ":create-snapshot", {{"name", "s"}, {"labels", {{"a", "b"}}}})
          .body;
  const std::string id = begun["reference"]["id"];
  const std::string snapshot = "/block-storage-snapshot/" + id;
  CHECK(client.get(path)["state"] == "snapshotting");
  CHECK(client.get(snapshot)["state"] == "creating");
  check(client, {
                    {"volume is busy", "DELETE", path, nullptr, 409, "snapshotting"},
                    {"being made", "DELETE", snapshot, nullptr, 409, "creating"},
                    {"not ready",
                     "POST",
                     "/block-storage",
                     {{"block-storage-snapshot", named(id)}},
                     409,
                     "not created yet"},
                });
  client.settle();
  CHECK(client.get(path)["state"] == "detached");
  CHECK(client.get(path)["block-storage-snapshots"] == Json::array({named(id)}));
  const Json shown = client.get(snapshot);
  CHECK(shown["state"] == "created");
  CHECK(shown["volume-size"] == 20);
  CHECK(shown["block-storage-volume"] == named(source));
  CHECK(client.get("/block-storage-snapshot")["block-storage-snapshots"] == Json::array({shown}));

  client.finish("PUT", snapshot, {{"name", "t"}, {"labels", nullptr}});
  CHECK(client.get(snapshot)["name"] == "t");
  CHECK_FALSE(client.get(snapshot).contains("labels"));
  client.finish("DELETE", path);  // the snapshot outlives it
  const Json from{{"block-storage-snapshot", named(id)}};
  check(client, {
                    {"neither", "POST", "/block-storage", Json::object(), 400, "size: missing"},
                    {"smaller", "POST", "/block-storage",
                     Json{{"block-storage-snapshot", named(id)}, {"size", 19}}, 400, "below"},
                });
  CHECK(client.get("/block-storage/" + client.finish("POST", "/block-storage", from))["size"] ==
        20);
  client.finish("DELETE", snapshot);
  check(client, {{"gone", "POST", "/block-storage", from, 404, "not found"}});
}

TEST_CASE("a snapshot of an attached volume leaves it attached", "[simulator]") {
  Client client;
  const std::string path = "/block-storage/" + volume(client);
  const std::string instance = client.finish("POST", "/instance", client.instance_body());
  client.finish("PUT", path + ":attach", holder(instance));
  client.finish("POST", path + ":create-snapshot", Json::object());
  CHECK(client.get(path)["state"] == "attached");
}

}  // namespace
}  // namespace stackctl::simulator::testing
