// Snapshots of instances, the templates that come of them, and machines that switch themselves off.
#include "refusal.h"
#include "stackctl/crypto.h"

namespace stackctl::simulator::testing {
namespace {

using std::chrono::seconds;

// A machine and a snapshot of it, both at rest.
struct Source {
  std::string instance;
  std::string snapshot;
};

Source make_source(Client& client) {
  const std::string instance = client.finish("POST", "/instance", client.instance_body());
  return {instance, client.finish("POST", "/instance/" + instance + ":create-snapshot")};
}

Json registration(const Json& exported) {
  return {{"name", "copy"},
          {"url", exported["presigned-url"]},
          {"checksum", exported["md5sum"]},
          {"ssh-key-enabled", true},
          {"password-enabled", true}};
}

TEST_CASE("snapshots: made of instances, which they outlive", "[simulator]") {
  Client client;
  const std::string instance = client.finish("POST", "/instance", client.instance_body());
  const std::string machine = "/instance/" + instance;
  CHECK_FALSE(client.get(machine).contains("snapshots"));
  const Json begun = client.call("POST", machine + ":create-snapshot").body;
  const std::string id = begun["reference"]["id"];
  const std::string path = "/snapshot/" + id;
  CHECK(client.get(path)["state"] == "snapshotting");
  check(client, {
                    {"being made", "DELETE", path, nullptr, 409, "snapshotting"},
                    {"no export yet", "POST", path + ":export", nullptr, 409, "snapshotting"},
                    {"no template yet", "POST", path + ":promote", {{"name", "x"}}, 409, "is snap"},
                });
  client.settle();
  const Json snapshot = client.get(path);
  CHECK(snapshot["state"] == "ready");
  CHECK(snapshot["size"] == 20);
  CHECK(snapshot["instance"] == named(instance));
  CHECK(client.get("/snapshot")["snapshots"] == Json::array({snapshot}));
  CHECK(client.get(machine)["snapshots"] == Json::array({named(id)}));
  client.call("DELETE", machine);
  check(client, {{"ending", "POST", machine + ":create-snapshot", nullptr, 409, "destroying"}});
  client.settle();
  CHECK(client.get(path) == snapshot);
  client.finish("DELETE", path);
  CHECK(client.call("GET", path).status == 404);
}

TEST_CASE("snapshots: a stopped instance goes back to one of its own", "[simulator]") {
  Client client;
  const Source source = make_source(client);
  const Source other = make_source(client);
  const std::string machine = "/instance/" + source.instance;
  const std::string revert = machine + ":revert-snapshot";
  check(client, {{"running", "POST", revert, named(source.snapshot), 409, "must be stopped"}});
  client.finish("PUT", machine + ":stop");
  client.finish("PUT", machine + ":resize-disk", {{"disk-size", 50}});
  check(client, {
                    {"of another", "POST", revert, named(other.snapshot), 404, "not found"},
                    {"of nobody", "POST", revert, named(nobody), 404, "not found"},
                    {"no id", "POST", revert, Json::object(), 400, "id: missing"},
                });
  client.finish("POST", revert, named(source.snapshot));
  CHECK(client.get(machine)["disk-size"] == 20);
}

TEST_CASE("snapshots: exported, and registered from there", "[simulator]") {
  Client client;
  const std::string path = "/snapshot/" + make_source(client).snapshot;
  CHECK_FALSE(client.get(path).contains("export"));
  CHECK(client.call("POST", path + ":export").status == 200);
  CHECK(client.get(path)["state"] == "exporting");
  client.settle();
  const Json snapshot = client.get(path);
  CHECK(snapshot["state"] == "exported");
  const std::string copy = client.finish("POST", "/template", registration(snapshot["export"]));
  CHECK(client.get("/template/" + copy)["visibility"] == "private");

  Json wrong = registration(snapshot["export"]);
  wrong["checksum"] = std::string(32, 'f');
  const Json begun = client.call("POST", "/template", wrong).body;
  client.settle();
  const Json failed = client.get("/operation/" + begun["id"].get<std::string>());
  CHECK(failed["state"] == "failure");
  CHECK(failed["reason"] == "incorrect");
  CHECK(client.get("/template", {{"visibility", "private"}})["templates"].size() == 1);
}

TEST_CASE("snapshots: promoted to a template, which pools are made of", "[simulator]") {
  Client client;
  const Source source = make_source(client);
  const std::string path = "/snapshot/" + source.snapshot;
  check(client, {
                    {"no name", "POST", path + ":promote", Json::object(), 400, "name: missing"},
                    {"unknown",
                     "POST",
                     path + ":promote",
                     {{"name", "x"}, {"boot-mode", "uefi"}},
                     400,
                     "boot-mode: unknown"},
                });
  const std::string id =
      client.finish("POST", path + ":promote", {{"name", "web"}, {"description", "of web"}});
  client.finish("DELETE", path);
  const std::string image = "/template/" + id;
  const Json shown = client.get(image);
  CHECK(shown["name"] == "web");
  CHECK(shown["size"] == std::int64_t{20} << 30U);
  CHECK(shown["default-user"] == client.get("/template/" + client.image())["default-user"]);
  CHECK(client.get("/template", {{"visibility", "private"}})["templates"] == Json::array({shown}));
  client.finish("PUT", image, {{"name", "web-2"}, {"description", "newer"}});
  CHECK(client.get(image)["name"] == "web-2");
  CHECK(client.get(image)["description"] == "newer");

  const Json of_it{{"template", named(id)}};
  const std::string pool =
      "/instance-pool/" + client.finish("POST", "/instance-pool", client.pool_body(of_it));
  Json small = client.instance_body(of_it);
  small["disk-size"] = 19;
  check(client, {
                    {"disk too small", "POST", "/instance", small, 400, "size of the template"},
                    {"in use", "DELETE", image, nullptr, 409, "in use by instance-pool"},
                });
  client.settle();
  client.finish("PUT", pool, {{"template", named(client.image())}});
  client.finish("DELETE", image);  // its members live on
  check(client, {{"gone", "POST", "/instance", client.instance_body(of_it), 404, "template"}});
}

TEST_CASE("a snapshot that goes while it is promoted makes no template", "[simulator]") {
  Client client;
  const std::string path = "/snapshot/" + make_source(client).snapshot;
  const Json begun = client.call("POST", path + ":promote", {{"name", "web"}}).body;
  client.call("DELETE", path);
  client.settle();
  CHECK(client.get("/operation/" + begun["id"].get<std::string>())["state"] == "failure");
  CHECK(client.get("/template", {{"visibility", "private"}})["templates"].empty());
}

TEST_CASE("templates are copied nowhere, for there is one zone", "[simulator]") {
  Client client;
  const std::string path = "/template/" + client.image();
  const auto to = [](const char* zone) { return Json{{"target-zone", {{"name", zone}}}}; };
  check(client, {
                    {"here", "POST", path, to("ch-gva-2"), 409, "already"},
                    {"elsewhere", "POST", path, to("de-fra-1"), 404, "one zone"},
                    {"nowhere", "POST", path, Json::object(), 400, "target-zone: missing"},
                    {"public", "PUT", path, {{"name", "mine"}}, 403, "is public"},
                });
}

TEST_CASE("user data can switch a machine off, at its first boot", "[simulator]") {
  const std::pair<const char*, bool> cases[] = {
      {"#!/bin/sh\napt-get install -y nginx\npoweroff\n", true},
      {"#!/bin/sh\nsystemctl poweroff", true},
      {"#!/bin/sh\n/sbin/shutdown -h now\n", true},
      {"#!/bin/sh\n  shutdown  now\n", true},
      {"#cloud-config\nruncmd:\n  - [shutdown, -h, now]\n", true},
      {"#cloud-config\npower_state: {mode: poweroff}\n", true},
      {"#!/bin/sh\n# poweroff\n", false},
      {"#!/bin/sh\necho no-poweroff poweroffs\n", false},
      {"#!/bin/sh\nshutdown -r now\n", false},
      {"#!/bin/sh\n", false},
  };
  for (const auto& [script, is_off] : cases) {
    INFO(script);
    Client client;
    const Json body = client.instance_body({{"user-data", crypto::base64(script)}});
    const std::string path = "/instance/" + client.finish("POST", "/instance", body);
    CHECK(client.get(path)["state"] == "running");
    client.pass(seconds{61});
    CHECK(client.get(path)["state"] == (is_off ? "stopped" : "running"));
  }
}

TEST_CASE("a machine that switched itself off stays up when started, not when reset",
          "[simulator]") {
  Client client;
  const Json body = client.instance_body({{"user-data", crypto::base64("poweroff")}});
  const std::string path = "/instance/" + client.finish("POST", "/instance", body);
  client.settle();
  REQUIRE(client.get(path)["state"] == "stopped");
  client.finish("PUT", path + ":start");
  client.settle();
  CHECK(client.get(path)["state"] == "running");
  client.finish("PUT", path + ":reset", Json::object());
  client.settle();
  CHECK(client.get(path)["state"] == "stopped");
}

TEST_CASE("a machine deleted before it switches itself off is gone", "[simulator]") {
  Client client;
  const Json body = client.instance_body({{"user-data", crypto::base64("poweroff")}});
  const std::string path = "/instance/" + client.finish("POST", "/instance", body);
  client.call("DELETE", path);
  client.settle();
  CHECK(client.call("GET", path).status == 404);
}

}  // namespace
}  // namespace stackctl::simulator::testing
