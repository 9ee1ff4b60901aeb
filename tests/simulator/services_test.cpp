// DNS, IAM and Kubernetes: life and refusals in virtual time.
#include <catch2/catch.hpp>

#include "client.h"
#include "stackctl/crypto.h"

namespace stackctl::simulator::testing {
namespace {

struct Refusal {
  const char* method;
  std::string path;
  Json body;
  int status;
  const char* message;  ///< must be part of the message
};

void check(Client& client, const std::vector<Refusal>& refusals) {
  for (const Refusal& refusal : refusals) {
    const Response response = client.call(refusal.method, refusal.path, refusal.body);
    INFO(refusal.method << " " << refusal.path << ": " << response.body.dump());
    CHECK(response.status == refusal.status);
    CHECK_THAT(response.message(), Catch::Contains(refusal.message));
  }
}

TEST_CASE("dns: a domain has system records, and its own go with it", "[simulator]") {
  Client client;
  const std::string domain =
      client.finish("POST", "/dns-domain", {{"unicode-name", "example.org"}});
  const std::string path = "/dns-domain/" + domain + "/record";
  const Json fresh = client.get(path)["dns-domain-records"];
  REQUIRE(fresh.size() == 5);
  for (const Json& record : fresh) CHECK(record["system-record"] == true);

  const std::string id =
      client.finish("POST", path, {{"name", "www"}, {"type", "A"}, {"content", "192.0.2.1"}});
  const std::string one = path + "/" + id;
  CHECK(client.get(one)["ttl"] == 3600);
  client.finish("PUT", one, {{"content", "192.0.2.2"}, {"ttl", 60}});
  CHECK(client.get(one)["content"] == "192.0.2.2");
  CHECK(client.get(one)["ttl"] == 60);
  const std::string text =
      client.finish("POST", path, {{"name", ""}, {"type", "TXT"}, {"content", "v=spf1 -all"}});
  CHECK(client.get(path + "/" + text)["content"] == "\"v=spf1 -all\"");

  const std::string system = path + "/" + fresh[0]["id"].get<std::string>();
  check(client,
        {{"POST", "/dns-domain", {{"unicode-name", "example.org"}}, 409, "already exists"},
         {"POST", "/dns-domain", {{"unicode-name", "no spaces.org"}}, 400, "unicode-name"},
         {"POST", "/dns-domain", Json::object(), 400, "missing required field"},
         {"PUT", one, {{"type", "AAAA"}}, 400, "type: unknown field"},
         {"PUT", one, {{"content", "host"}}, 400, "IPv4"},
         {"POST", path, {{"name", ""}, {"type", "SOA"}, {"content", "x"}}, 400, "type"},
         {"POST", path, {{"name", "www"}, {"type", "A"}, {"content", "192.0.2.2"}}, 409, "exists"},
         {"PUT", system, {{"content", "x"}}, 403, "System records"},
         {"DELETE", system, nullptr, 403, "System records"}});
  client.finish("DELETE", one);
  CHECK(client.call("GET", one).status == 404);
  client.finish("DELETE", "/dns-domain/" + domain);
  CHECK(client.call("GET", path).status == 404);
  CHECK(Json::parse(client.cloud.save())["objects"]["dns-domain-record"].empty());
}

TEST_CASE("iam: roles, their policies and their keys", "[simulator]") {
  Client client;
  const Json policy{{"default-service-strategy", "deny"},
                    {"services", {{"sos", {{"type", "allow"}}}}}};
  const std::string id =
      client.finish("POST", "/iam-role", {{"name", "backup"}, {"policy", policy}});
  const std::string path = "/iam-role/" + id;
  CHECK(client.get(path)["editable"] == true);
  CHECK(client.get(path)["policy"] == policy);
  Json changed = policy;
  changed["services"]["dns"] = {
      {"type", "rules"},
      {"rules", Json::array({{{"action", "allow"}, {"expression", "operation == 'list'"}}})}};
  client.finish("PUT", path + ":policy", changed);
  CHECK(client.get(path)["policy"] == changed);
  client.finish("PUT", path, {{"description", "for backups"}, {"labels", {{"a", "b"}}}});
  CHECK(client.get(path)["description"] == "for backups");

  const Response key = client.call("POST", "/api-key", {{"name", "k"}, {"role-id", id}});
  REQUIRE(key.status == 200);
  CHECK(key.body.contains("secret"));
  const std::string key_path = "/api-key/" + key.body["key"].get<std::string>();
  CHECK(client.get(key_path).size() == 3);
  CHECK(client.cloud.save().find(key.body["secret"].get<std::string>()) == std::string::npos);
  CHECK(client.get("/api-key")["api-keys"].size() == 1);

  const std::string fixed =
      "/iam-role/" + client.finish("POST", "/iam-role", {{"name", "x"}, {"editable", false}});
  const std::string nobody = "00000000-0000-4000-a000-000000000000";
  check(client,
        {{"POST", "/iam-role", {{"name", "backup"}}, 409, "already exists"},
         {"PUT", path, {{"name", "other"}}, 400, "name: unknown field"},
         {"PUT", path, {{"permissions", {"fly"}}}, 400, "permissions"},
         {"PUT", path + ":policy", {{"default-service-strategy", "deny"}}, 400, "services"},
         {"PUT",
          path + ":policy",
          {{"default-service-strategy", "deny"}, {"services", {{"sos", {{"type", "maybe"}}}}}},
          400,
          "policy.services.sos"},
         {"PUT", fixed + ":policy", policy, 403, "not editable"},
         {"POST", "/api-key", {{"name", "k"}, {"role-id", nobody}}, 404, "not found"},
         {"POST", "/api-key", {{"name", "k"}, {"role-id", "x"}}, 400, "role-id"},
         {"DELETE", path, nullptr, 409, "has it"}});
  CHECK(client.call("DELETE", key_path).body["state"] == "success");
  client.finish("DELETE", path);
  CHECK(client.call("GET", path).status == 404);
}

Json cluster_body() { return {{"name", "k"}, {"version", "1.34.4"}, {"level", "starter"}}; }

TEST_CASE("sks: clusters", "[simulator]") {
  Client client;
  const std::string id = client.finish("POST", "/sks-cluster", cluster_body());
  const std::string path = "/sks-cluster/" + id;
  CHECK(client.get(path)["cni"] == "calico");
  CHECK(client.get(path)["nodepools"].empty());
  client.finish("PUT", path, {{"labels", {{"a", "b"}}}, {"addons", {"metrics-server"}}});
  CHECK(client.get(path)["labels"] == Json{{"a", "b"}});
  client.finish("PUT", path + "/upgrade", {{"version", "1.35.1"}});
  CHECK(client.get(path)["version"] == "1.35.1");
  client.finish("PUT", path + "/upgrade-service-level");
  CHECK(client.get(path)["level"] == "pro");
  Json with_group = cluster_body();
  with_group["create-default-security-group"] = true;
  const std::string second = client.finish("POST", "/sks-cluster", with_group);
  const Json group = client.get("/sks-cluster/" + second)["default-security-group-id"];
  bool is_listed = false;
  for (const Json all = client.get("/security-group"); const Json& one : all["security-groups"])
    is_listed = is_listed || one["id"] == group;
  CHECK(is_listed);
  const Response config = client.call("POST", "/sks-cluster-kubeconfig/" + id,
                                      {{"user", "admin"}, {"groups", {"system:masters"}}});
  const auto text = crypto::base64_decode(config.body["kubeconfig"].get<std::string>());
  REQUIRE(text);
  CHECK(Json::parse(*text)["current-context"] == "admin");
  Json unknown = cluster_body();
  unknown["version"] = "1.34";
  check(client, {{"POST", "/sks-cluster", unknown, 400, "version"},
                 {"PUT", path, {{"cni", "cilium"}}, 400, "cni: unknown field"},
                 {"PUT", path, {{"addons", {"magic"}}}, 400, "addons"},
                 {"PUT", path + "/upgrade", {{"version", "1.33.8"}}, 400, "next minor"},
                 {"PUT", path + "/upgrade-service-level", nullptr, 409, "already pro"}});
  client.finish("DELETE", path);
  CHECK(client.call("GET", path).status == 404);
}

TEST_CASE("sks: node pools run instance pools", "[simulator]") {
  Client client;
  const std::string cluster =
      "/sks-cluster/" + client.finish("POST", "/sks-cluster", cluster_body());
  const Json body{{"name", "workers"},
                  {"size", 2},
                  {"disk-size", 50},
                  {"instance-type", {{"id", client.instance_type()}}},
                  {"taints", {{"gpu", {{"value", "yes"}, {"effect", "NoSchedule"}}}}}};
  const std::string id = client.finish("POST", cluster + "/nodepool", body);
  const std::string path = cluster + "/nodepool/" + id;
  client.settle();
  const std::string pool =
      "/instance-pool/" + client.get(path)["instance-pool"]["id"].get<std::string>();
  CHECK(client.get(pool)["manager"] == Json{{"id", id}, {"type", "sks-nodepool"}});
  CHECK(client.get(pool)["instances"].size() == 2);
  CHECK(client.get(cluster)["nodepools"][0]["id"] == id);

  Json bad = body;
  bad["taints"]["gpu"]["effect"] = "Never";
  Json small = body;
  small["disk-size"] = 19;
  Json none = body;
  none["size"] = 0;
  check(client, {{"POST", cluster + "/nodepool", bad, 400, "taints.gpu"},
                 {"POST", cluster + "/nodepool", small, 400, "disk-size"},
                 {"POST", cluster + "/nodepool", none, 400, "size"},
                 {"DELETE", cluster, nullptr, 409, "has nodepools"},
                 {"PUT", pool + ":scale", {{"size", 1}}, 409, "managed"}});

  REQUIRE(client.call("PUT", path + ":scale", {{"size", 3}}).status == 200);
  check(client, {{"PUT", path, {{"name", "x"}}, 409, "The nodepool is already being updated"}});
  client.settle();
  CHECK(client.get(pool)["instances"].size() == 3);
  const Json victim = client.get(pool)["instances"][0]["id"];
  client.finish("PUT", path + ":evict", {{"instances", {victim}}});
  client.settle();
  CHECK(client.get(path)["size"] == 2);
  CHECK(client.call("GET", "/instance/" + victim.get<std::string>()).status == 404);
  client.finish("PUT", path, {{"name", "others"}, {"labels", {{"a", "b"}}}});
  CHECK(client.get(path)["name"] == "others");
  client.finish("DELETE", path);
  client.settle();
  CHECK(client.call("GET", pool).status == 404);
  CHECK(client.get("/instance")["instances"].empty());
  client.finish("DELETE", cluster);
}

}  // namespace
}  // namespace stackctl::simulator::testing
