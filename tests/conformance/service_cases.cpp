#include "conformance/cases.h"

using support::want;

namespace conformance {
namespace {

const Map kBackup = {{"backup-hour", 4}, {"backup-minute", 30}};
const Map kMaintenance = {{"dow", "tuesday"}, {"time", "05:00:00"}};
const Map kDatabase = {{"name", "stackctl-1-s-x"},
                       {"plan", "startup-4"},
                       {"ip-filter", List{"192.0.2.1", "198.51.100.0/24"}},
                       {"maintenance", kMaintenance},
                       {"backup-schedule", kBackup}};

/// What every engine can change.
Map database_updates(Map own) {
  own.insert({{"plan", "startup-8"},
              {"ip-filter", List{"192.0.2.2/32"}},
              {"maintenance", Map{{"dow", "monday"}, {"time", "04:00:00"}}},
              {"termination-protection", true}});
  return own;
}

Map and_also(Map attributes, const Map& more) {
  attributes.insert(more.begin(), more.end());
  return attributes;
}

Map without(Map attributes, const std::string& name) {
  attributes.erase(name);
  return attributes;
}

Case mysql() {
  return {
      .type = "exoscale.mysql",
      .address = "x",
      .attributes = and_also(kDatabase, {{"version", "8.0"}}),
      .updates =
          database_updates({{"version", "8.4"},
                            {"backup-schedule", Map{{"backup-hour", 5}, {"backup-minute", 9}}},
                            {"mysql-settings", Map{{"wait_timeout", 100}}},
                            {"binlog-retention-period", 3600}}),
      .lasting = {"version"},  // the newest is the default of creation only
      .one_way = {"version"},
      .drift =
          {"PUT", "/dbaas-mysql/{id}",
           R"({"termination-protection":true,"backup-schedule":{"backup-hour":4,"backup-minute":30}})"},
      .drifted = "termination-protection",
      .removal = {"DELETE", "/dbaas-mysql/{id}"}};
}

Case postgres() {
  return {.type = "exoscale.postgres",
          .address = "x",
          .attributes = and_also(kDatabase, {{"version", "17"}}),
          .updates =
              database_updates({{"version", "18"},
                                {"backup-schedule", Map{{"backup-hour", 5}, {"backup-minute", 9}}},
                                {"pg-settings", Map{{"deadlock_timeout", 1000}}},
                                {"synchronous-replication", "quorum"}}),
          .lasting = {"version"},  // the newest is the default of creation only
          .one_way = {"version"},
          .drift = {"PUT", "/dbaas-postgres/{id}",
                    R"({"ip-filter":[],"backup-schedule":{"backup-hour":4,"backup-minute":30}})"},
          .drifted = "ip-filter",
          .removal = {"DELETE", "/dbaas-postgres/{id}"}};
}

Case valkey() {
  return {.type = "exoscale.valkey",
          .address = "x",
          .attributes = without(kDatabase, "backup-schedule"),
          .updates = database_updates({{"valkey-settings", Map{{"timeout", 60}}}}),
          .fixed = {"version"},  // there is one only
          .drift = {"PUT", "/dbaas-valkey/{id}", R"({"termination-protection":true})"},
          .drifted = "termination-protection",
          .removal = {"DELETE", "/dbaas-valkey/{id}"}};
}

std::vector<Case> databases() {
  return {
      mysql(),
      postgres(),
      valkey(),
      {.type = "exoscale.database_user",
       .around = {want("x", "exoscale.mysql", kDatabase)},
       .address = "x/user-app",
       .attributes = {{"service", to("x")}, {"engine", "mysql"}, {"username", "app"}},
       .removal = {"DELETE", "/dbaas-mysql/{parent}/user/{part}"}},
      {.type = "exoscale.database",
       .around = {want("x", "exoscale.postgres", kDatabase)},
       .address = "x/database-blog",
       .attributes = {{"service", to("x")}, {"engine", "postgres"}, {"database-name", "blog"}}}};
}

std::vector<Case> dns() {
  return {{.type = "exoscale.dns_domain",
           .address = "x",
           .attributes = {{"unicode-name", "example.com"}},
           .replacement = {{"unicode-name", "example.org"}},
           .removal = {"DELETE", "/dns-domain/{id}"}},
          {.type = "exoscale.dns_record",
           .around = {want("d", "exoscale.dns_domain", {{"unicode-name", "example.com"}})},
           .address = "x",
           .attributes = {{"domain", to("d")},
                          {"name", "www"},
                          {"type", "A"},
                          {"content", List{"192.0.2.1", "192.0.2.2"}},
                          {"ttl", 300}},
           .updates = {{"content", List{"192.0.2.3", "192.0.2.2", "192.0.2.4"}}, {"ttl", 600}},
           .replacement = {{"type", "TXT"}},
           .drift = {"POST", "/dns-domain/{parent}/record",
                     R"({"name":"www","type":"A","content":"192.0.2.9","ttl":300})"},
           .drifted = "content"}};
}

const Map kPolicy = {{"default-service-strategy", "deny"}, {"services", Map{}}};
const Map kOtherPolicy = {{"default-service-strategy", "deny"},
                          {"services", Map{{"compute", Map{{"type", "allow"}}}}}};
const Map kRules = {
    {"rules", List{Map{{"action", "allow"}, {"expression", "true"}}}},
};

std::vector<Case> iam() {
  return {{.type = "exoscale.iam_role",
           .address = "x",
           .attributes = {{"name", "s-x"}, {"policy", kPolicy}},
           .updates = {{"description", "servers"},
                       {"policy", kOtherPolicy},
                       {"assume-role-policy", kRules},
                       {"permissions", List{"bypass-governance-retention"}},
                       {"labels", Map{{"tier", "web"}}}},
           .replacement = {{"editable", false}},
           .drift = {"PUT", "/iam-role/{id}", R"({"description":"by hand"})"},
           .drifted = "description",
           .removal = {"DELETE", "/iam-role/{id}"}},
          {.type = "exoscale.api_key",
           .around = {want("r", "exoscale.iam_role", {{"name", "s-r"}, {"policy", kPolicy}}),
                      want("q", "exoscale.iam_role", {{"name", "s-q"}, {"policy", kPolicy}})},
           .address = "x",
           .attributes = {{"name", "stackctl.s.x"}, {"role-id", to("r")}},
           .replacement = {{"role-id", to("q")}},
           .removal = {"DELETE", "/api-key/{id}"}}};
}

const Map kCluster = {{"name", "s-x"}, {"version", "1.33.8"}, {"level", "starter"}};

std::vector<Case> kubernetes() {
  return {
      {.type = "exoscale.sks_cluster",
       .address = "x",
       .attributes = kCluster,
       .updates = {{"name", "s-other"},
                   {"description", "servers"},
                   {"version", "1.34.4"},
                   {"level", "pro"},
                   {"addons", List{"metrics-server"}},
                   {"auto-upgrade", true},
                   {"feature-gates", List{"InPlacePodVerticalScaling"}},
                   {"labels", Map{{"tier", "web"}}}},
       .one_way = {"version", "level"},
       .replacement = {{"cni", "cilium"}},
       .drift = {"PUT", "/sks-cluster/{id}", R"({"description":"by hand"})"},
       .drifted = "description",
       .removal = {"DELETE", "/sks-cluster/{id}"}},
      {.type = "exoscale.sks_nodepool",
       .around = {want("x", "exoscale.sks_cluster", kCluster),
                  want("m/medium", "exoscale.instance_type", {{"name", "standard.medium"}}, true),
                  want("m/large", "exoscale.instance_type", {{"name", "standard.large"}}, true),
                  want("g", "exoscale.security_group", {{"name", "s-g"}}),
                  want("a", "exoscale.anti_affinity_group", {{"name", "s-a"}}),
                  want("n", "exoscale.private_network", {{"name", "s-n"}})},
       .address = "x/main",
       .attributes = {{"cluster", to("x")},
                      {"name", "main"},
                      {"size", 1},
                      {"instance-type", to("m/medium")},
                      {"disk-size", 50}},
       .updates = {{"size", 2},
                   {"instance-type", to("m/large")},
                   {"disk-size", 60},
                   {"instance-prefix", "node"},
                   {"private-networks", List{to("n")}},
                   {"security-groups", List{to("g")}},
                   {"anti-affinity-groups", List{to("a")}},
                   {"labels", Map{{"tier", "web"}}},
                   {"taints", Map{{"gpu", Map{{"value", "yes"}, {"effect", "NoSchedule"}}}}}},
       .fixed = {"stale-members"},  // how nodes are replaced has a test of its own
       .drift = {"PUT", "/sks-cluster/{parent}/nodepool/{part}:scale", R"({"size":2})"},
       .drifted = "size",
       .removal = {"DELETE", "/sks-cluster/{parent}/nodepool/{part}"}}};
}

}  // namespace

std::vector<Case> service_cases() {
  std::vector<Case> all;
  for (const auto& rows : {databases(), dns(), iam(), kubernetes()})
    all.insert(all.end(), rows.begin(), rows.end());
  return all;
}

}  // namespace conformance
