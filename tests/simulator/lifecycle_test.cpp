// The life of each type in virtual time.
#include <catch2/catch.hpp>

#include "client.h"

namespace stackctl::simulator::testing {
namespace {

using std::chrono::seconds;

constexpr const char* user_data = "IyEvYmluL3NoCg==";

TEST_CASE("an operation is pending for its time, then it is over", "[simulator]") {
  Client client;
  const Response begun = client.call("POST", "/security-group", {{"name", "web"}});
  REQUIRE(begun.body["state"] == "pending");
  const Json reference = begun.body["reference"];
  CHECK(reference["link"] == "/v2/security-group/" + reference["id"].get<std::string>());
  CHECK(client.get("/operation/" + begun.body["id"].get<std::string>())["state"] == "pending");
  client.pass(seconds{2});
  CHECK(client.get("/operation/" + begun.body["id"].get<std::string>())["state"] == "success");
}

TEST_CASE("speed scales what operations take", "[simulator]") {
  for (const auto& [speed, moment] :
       {std::pair{1.0, seconds{41}}, std::pair{41.0, seconds{1}},
        std::pair{std::numeric_limits<double>::infinity(), seconds{0}}}) {
    Client client({.speed = speed});
    const Json operation = client.call("POST", "/instance", client.instance_body()).body;
    const std::string path = "/instance/" + operation["reference"]["id"].get<std::string>();
    client.now += moment;
    CHECK(client.get(path)["state"] == "running");
  }
}

TEST_CASE("ssh keys: at once, unique, without a reference", "[simulator]") {
  Client client;
  const Json key{{"name", "me"}, {"public-key", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGkq"}};
  const Json made = client.call("POST", "/ssh-key", key).body;
  CHECK(made["state"] == "success");
  CHECK_FALSE(made.contains("reference"));
  CHECK(client.get("/ssh-key/me").size() == 2);
  CHECK(client.call("POST", "/ssh-key", key).status == 409);
  CHECK(client.call("DELETE", "/ssh-key/me").body["state"] == "success");
  CHECK(client.call("GET", "/ssh-key/me").status == 404);
}

TEST_CASE("security groups: names may repeat, rules only in other groups", "[simulator]") {
  Client client;
  const std::string web = client.group("web");
  CHECK(client.group("web") != web);
  CHECK(client.get("/security-group")["security-groups"].size() == 3);
  CHECK_FALSE(client.get("/security-group/" + web).contains("rules"));

  const Json rule{{"flow-direction", "ingress"},
                  {"protocol", "tcp"},
                  {"network", "0.0.0.0/0"},
                  {"start-port", 80},
                  {"end-port", 80}};
  CHECK(client.finish("POST", "/security-group/" + web + "/rules", rule) == web);
  const Response twin = client.call("POST", "/security-group/" + web + "/rules", rule);
  CHECK(twin.status == 409);
  CHECK(twin.message() == "No new rule would be created");
  const Json rules = client.get("/security-group/" + web)["rules"];
  REQUIRE(rules.size() == 1);
  client.finish("DELETE", "/security-group/" + web + "/rules/" + rules[0]["id"].get<std::string>());
  CHECK_FALSE(client.get("/security-group/" + web).contains("rules"));
}

TEST_CASE("of two equal rules on their way the second fails", "[simulator]") {
  Client client;
  const std::string path = "/security-group/" + client.group("web") + "/rules";
  const Json rule{{"flow-direction", "ingress"}, {"protocol", "esp"}, {"network", "::/0"}};
  const Json first = client.call("POST", path, rule).body;
  const Json second = client.call("POST", path, rule).body;
  client.settle();
  int failures = 0;
  for (const Json& operation : {first, second})
    if (client.get("/operation/" + operation["id"].get<std::string>())["state"] == "failure")
      ++failures;
  CHECK(failures == 1);
}

TEST_CASE("security groups in use cannot be deleted", "[simulator]") {
  Client client;
  const std::string web = client.group("web");
  const std::string db = client.group("db");
  const auto reason = [&](const std::string& id) {
    const Response response = client.call("DELETE", "/security-group/" + id);
    CHECK(response.status == 409);
    return response.message();
  };
  const Json rule{{"flow-direction", "ingress"},
                  {"protocol", "tcp"},
                  {"security-group", {{"id", web}}},
                  {"start-port", 3306},
                  {"end-port", 3306}};
  client.finish("POST", "/security-group/" + db + "/rules", rule);
  client.finish("POST", "/security-group/" + web + "/rules", rule);
  CHECK(reason(web) == "Cannot delete group when it's in use by security group rules");
  client.finish("DELETE",
                "/security-group/" + db + "/rules/" +
                    client.get("/security-group/" + db)["rules"][0]["id"].get<std::string>());
  CHECK(reason(web) == "Cannot delete group when it's in use by security group rules");  // its own

  const std::string instance = client.finish(
      "POST", "/instance", client.instance_body({{"security-groups", {{{"id", db}}}}}));
  CHECK(reason(db) == "Cannot delete group when it's in use by virtual machines");
  const Response leaving = client.call("DELETE", "/instance/" + instance);
  CHECK(leaving.status == 200);
  CHECK(reason(db) == "Cannot delete group when it's in use by virtual machines");
  client.settle();
  client.finish("DELETE", "/security-group/" + db);
  CHECK(client.call("GET", "/security-group/" + db).status == 404);
}

TEST_CASE("anti-affinity groups know their members", "[simulator]") {
  Client client;
  const std::string spread = client.finish("POST", "/anti-affinity-group", {{"name", "spread"}});
  CHECK(client.get("/anti-affinity-group/" + spread)["instances"] == Json::array());
  const std::string instance = client.finish(
      "POST", "/instance", client.instance_body({{"anti-affinity-groups", {{{"id", spread}}}}}));
  CHECK(client.get("/anti-affinity-group/" + spread)["instances"] ==
        Json::array({{{"id", instance}}}));
  CHECK(client.call("DELETE", "/anti-affinity-group/" + spread).status == 409);
  client.finish("DELETE", "/instance/" + instance);
  CHECK(client.finish("DELETE", "/anti-affinity-group/" + spread).empty());  // loses its reference
}

TEST_CASE("instances: addressed when running, listed in brief", "[simulator]") {
  Client client;
  const Json begun =
      client.call("POST", "/instance", client.instance_body({{"user-data", user_data}})).body;
  const std::string path = "/instance/" + begun["reference"]["id"].get<std::string>();
  CHECK(client.get(path)["state"] == "starting");
  CHECK_FALSE(client.get(path).contains("public-ip"));
  client.settle();
  const Json instance = client.get(path);
  CHECK(instance["state"] == "running");
  CHECK(instance["user-data"] == user_data);
  CHECK(instance["security-groups"].size() == 1);  // the default one
  const Json listed = client.get("/instance", {{"ip-address", instance["public-ip"]}})["instances"];
  REQUIRE(listed.size() == 1);
  CHECK_FALSE(listed[0].contains("user-data"));
  CHECK_FALSE(listed[0].contains("disk-size"));
}

TEST_CASE("without a public address security groups are dropped", "[simulator]") {
  Client client;
  const std::string id =
      client.finish("POST", "/instance",
                    client.instance_body({{"public-ip-assignment", "none"},
                                          {"security-groups", {{{"id", client.group("web")}}}}}));
  CHECK_FALSE(client.get("/instance/" + id).contains("security-groups"));
  CHECK_FALSE(client.get("/instance/" + id).contains("public-ip"));
}

TEST_CASE("some changes need a stopped instance", "[simulator]") {
  Client client;
  const std::string path =
      "/instance/" + client.finish("POST", "/instance", client.instance_body());
  const std::vector<std::tuple<const char*, std::string, Json>> changes{
      {"PUT", ":scale", {{"instance-type", {{"id", client.instance_type("standard", "large")}}}}},
      {"PUT", ":resize-disk", {{"disk-size", 30}}},
      {"POST", ":enable-tpm", nullptr},
  };
  for (const auto& [method, verb, body] : changes)
    CHECK(client.call(method, path + verb, body).status == 409);
  client.finish("PUT", path + ":stop");
  CHECK(client.get(path)["state"] == "stopped");
  for (const auto& [method, verb, body] : changes) client.finish(method, path + verb, body);
  CHECK(client.call("PUT", path + ":resize-disk", {{"disk-size", 30}}).status == 400);
  const Json other{{"instance-type", {{"id", client.instance_type("cpu", "large")}}}};
  CHECK(client.call("PUT", path + ":scale", other).status == 400);
  client.finish("PUT", path + ":start");  // without a body, as the official Python client sends it
  CHECK(client.get(path)["state"] == "running");
  CHECK(client.get(path)["disk-size"] == 30);
}

TEST_CASE("instances can be changed, protected, attached", "[simulator]") {
  Client client;
  const std::string id = client.finish("POST", "/instance", client.instance_body());
  const std::string path = "/instance/" + id;
  client.finish("PUT", path,
                {{"name", "other"}, {"labels", {{"a", "b"}}}, {"public-ip-assignment", "dual"}});
  CHECK(client.get(path)["labels"] == Json{{"a", "b"}});
  CHECK(client.call("PUT", path, {{"public-ip-assignment", "inet4"}}).status == 400);
  client.finish("DELETE", path + "/labels");
  CHECK_FALSE(client.get(path).contains("labels"));

  client.finish("PUT", path + ":add-protection");
  CHECK(client.call("DELETE", path).status == 403);
  client.finish("PUT", path + ":remove-protection");

  const std::string group = client.group("web");
  const Json wearer{{"instance", {{"id", id}}}};
  CHECK(client.call("PUT", "/security-group/" + group + ":detach", wearer).status == 404);
  CHECK(client.finish("PUT", "/security-group/" + group + ":attach", wearer) == group);
  CHECK(client.get(path)["security-groups"].size() == 2);
  client.finish("PUT", "/security-group/" + group + ":detach", wearer);
  CHECK(client.get(path)["security-groups"].size() == 1);

  client.call("DELETE", path);
  CHECK(client.get(path)["state"] == "destroying");
  CHECK(client.call("DELETE", path).status == 409);
  client.settle();
  CHECK(client.call("DELETE", path).status == 404);
}

TEST_CASE("pools: created before their members run, which come and go", "[simulator]") {
  Client client;
  const std::string id =
      client.finish("POST", "/instance-pool", client.pool_body({{"instance-prefix", "web"}}));
  const std::string path = "/instance-pool/" + id;
  CHECK(client.get(path)["state"] == "scaling-up");
  const http::Fields members{{"manager-id", id}, {"manager-type", "instance-pool"}};
  Json listed = client.get("/instance", members)["instances"];
  REQUIRE(listed.size() == 2);
  CHECK(listed[0]["state"] == "starting");
  CHECK(listed[0]["manager"] == Json{{"id", id}, {"type", "instance-pool"}});
  CHECK(listed[0]["name"].get<std::string>().size() == std::string("web-xxxxx-yyyyy").size());
  client.settle();
  CHECK(client.get(path)["state"] == "running");

  client.finish("PUT", path + ":scale", {{"size", 3}});
  client.settle();
  CHECK(client.get(path)["instances"].size() == 3);
  const std::string victim = client.get(path)["instances"][0]["id"];
  CHECK(client.call("DELETE", "/instance/" + victim).status == 403);
  client.finish("PUT", path + ":evict", {{"instances", {victim}}});
  CHECK(client.get(path)["state"] == "scaling-down");
  client.settle();
  CHECK(client.get(path)["size"] == 2);
  CHECK(client.call("GET", "/instance/" + victim).status == 404);
  CHECK(client.call("PUT", path + ":evict", {{"instances", {victim}}}).status == 404);
  client.finish("PUT", path + ":scale", {{"size", 0}});
  client.settle();
  CHECK(client.get("/instance", members)["instances"].empty());
}

TEST_CASE("pools: an update clears the lists that it leaves out", "[simulator]") {
  Client client;
  const std::string group = client.group("web");
  client.call("POST", "/ssh-key",
              {{"name", "me"}, {"public-key", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5"}});
  const Json lists{{"security-groups", {{{"id", group}}}}, {"ssh-keys", {{{"name", "me"}}}}};
  Json body =
      client.pool_body({{"labels", {{"a", "b"}}}, {"description", "d"}, {"user-data", user_data}});
  body.update(lists);
  const std::string path = "/instance-pool/" + client.finish("POST", "/instance-pool", body);
  client.settle();

  Json update = lists;
  update["description"] = "";
  client.finish("PUT", path, update);
  Json pool = client.get(path);
  CHECK(pool["security-groups"] == lists["security-groups"]);
  CHECK(pool["ssh-key"] == Json{{"name", "me"}});
  CHECK_FALSE(pool.contains("description"));

  client.finish("PUT", path, {{"name", "other"}});
  pool = client.get(path);
  for (const char* cleared : {"security-groups", "ssh-key", "ssh-keys"})
    CHECK_FALSE(pool.contains(cleared));
  for (const char* kept : {"labels", "user-data", "instance-type"}) CHECK(pool.contains(kept));
  client.finish("DELETE", path + "/user-data");
  CHECK_FALSE(client.get(path).contains("user-data"));
  CHECK(client.call("DELETE", path + "/name").status == 400);
}

TEST_CASE("pools: new settings reach new members only", "[simulator]") {
  Client client;
  const std::string path =
      "/instance-pool/" + client.finish("POST", "/instance-pool", client.pool_body({{"size", 1}}));
  client.settle();
  const std::string old_member = client.get(path)["instances"][0]["id"];
  client.finish("PUT", path,
                {{"user-data", user_data}, {"security-groups", {{{"id", client.group("web")}}}}});
  client.finish("PUT", path + ":scale", {{"size", 2}});
  client.settle();
  for (const Json all = client.get(path); const Json& member : all["instances"]) {
    const Json instance = client.get("/instance/" + member["id"].get<std::string>());
    CHECK(instance.contains("user-data") == (member["id"] != old_member));
  }
}

TEST_CASE("pools: deleted after their members, once", "[simulator]") {
  Client client;
  const std::string group = client.group("web");
  const std::string id = client.finish("POST", "/instance-pool",
                                       client.pool_body({{"security-groups", {{{"id", group}}}}}));
  const Response begun = client.call("DELETE", "/instance-pool/" + id);
  CHECK(begun.status == 200);
  CHECK(client.get("/instance-pool/" + id)["state"] == "destroying");
  const Response again = client.call("DELETE", "/instance-pool/" + id);
  CHECK(again.status == 409);
  CHECK(again.message() == "The instance pool is already being destroyed.");
  CHECK(client.call("DELETE", "/security-group/" + group).status == 409);
  client.settle();
  CHECK(client.get("/instance")["instances"].empty());
  client.finish("DELETE", "/security-group/" + group);
}

TEST_CASE("templates: the newest of equal names counts, own ones are private", "[simulator]") {
  Client client;
  int builds = 0;
  for (const Json all = client.get("/template", {{"family", "ubuntu"}});
       const Json& image : all["templates"])
    if (image["name"] == "Linux Ubuntu 24.04 LTS 64-bit") ++builds;
  CHECK(builds > 1);
  const std::string id = client.finish("POST", "/template",
                                       {{"name", "mine"},
                                        {"url", "https://example.org/a.qcow2"},
                                        {"checksum", std::string(32, 'a')},
                                        {"ssh-key-enabled", true},
                                        {"password-enabled", false}});
  CHECK(client.get("/template", {{"visibility", "private"}})["templates"].size() == 1);
  const std::string instance =
      client.finish("POST", "/instance", client.instance_body({{"template", {{"id", id}}}}));
  const std::string pool =
      client.finish("POST", "/instance-pool", client.pool_body({{"template", {{"id", id}}}}));
  CHECK(client.call("DELETE", "/template/" + id).status == 409);  // for the pool's next member
  client.finish("DELETE", "/instance-pool/" + pool);
  client.finish("DELETE", "/template/" + id);
  CHECK(client.get("/instance/" + instance)["template"]["id"] == id);  // it has its own copy
  CHECK(client.call("DELETE", "/template/" + client.image()).status == 403);
}

TEST_CASE("what is being deleted cannot be referred to", "[simulator]") {
  Client client;
  const std::string web = client.group("web");
  client.call("DELETE", "/security-group/" + web);
  CHECK(client.call("GET", "/security-group/" + web).status == 200);
  CHECK(
      client.call("POST", "/instance", client.instance_body({{"security-groups", {{{"id", web}}}}}))
          .status == 404);
}

}  // namespace
}  // namespace stackctl::simulator::testing
