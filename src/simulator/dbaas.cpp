// What managed databases look like: their answers, and the catalogue of types and plans.
#include "simulator/dbaas.h"

#include <algorithm>

#include "stackctl/crypto.h"

namespace stackctl::simulator {

extern const dbaas::Engine mysql_engine;
extern const dbaas::Engine postgres_engine;
extern const dbaas::Engine valkey_engine;

namespace dbaas {
namespace {

constexpr std::int64_t gibibyte = std::int64_t{1} << 30U;
constexpr std::array all_plans{
    Plan{"hobbyist-2", 1, 2, 2, 8},   Plan{"startup-4", 1, 2, 4, 80},
    Plan{"startup-8", 1, 2, 8, 175},  Plan{"business-4", 2, 2, 4, 80},
    Plan{"business-8", 2, 2, 8, 175}, Plan{"premium-4", 3, 2, 4, 80},
};

struct Endpoint {
  std::string host;
  std::string user;
  std::string uri;
};

Endpoint endpoint_of(const Engine& engine, const Json& service) {
  const std::string host = service["name"].get<std::string>() + "-" +
                           service[".host"].get<std::string>() + ".db.example";
  const std::string user = service[".users"].front()["username"];
  std::string uri =
      std::string(engine.scheme) + "://" + user + "@" + host + ":" + std::string(engine.port);
  if (!engine.database.empty()) uri += "/" + std::string(engine.database);
  return {host, user, uri + std::string(engine.uri_query)};
}

Json uri_parameters(const Engine& engine, const Endpoint& endpoint) {
  Json parameters{{"host", endpoint.host}, {"port", engine.port}, {"user", endpoint.user}};
  if (engine.database.empty()) return parameters;
  parameters["dbname"] = engine.database;
  const std::string_view option = engine.uri_query.substr(1);
  const std::size_t equals = option.find('=');
  parameters[std::string(option.substr(0, equals))] = option.substr(equals + 1);
  return parameters;
}

Json node_states(const Json& service, const Plan& plan) {
  const bool is_building = service["state"] == "rebuilding";
  Json nodes = Json::array();
  for (std::int64_t i = 1; i <= plan.nodes; ++i)
    nodes.push_back({{"name", service["name"].get<std::string>() + "-" + std::to_string(i)},
                     {"role", i == 1 ? "master" : "standby"},
                     {"state", is_building ? "setting_up_vm" : "running"}});
  return nodes;
}

Json connection_info(const Engine& engine, const Endpoint& endpoint, const Plan& plan) {
  Json info{{"uri", Json::array({endpoint.uri})}};
  if (!engine.database.empty()) info["params"] = Json::array({uri_parameters(engine, endpoint)});
  if (plan.nodes > 1)
    info[std::string(engine.replicas)] = Json::array({"replica." + endpoint.host});
  return info;
}

Json shown_users(const Json& service) {
  Json users = Json::array();
  if (!service.contains(".ready")) return users;
  for (Json user : service[".users"]) {
    user.erase("password");
    users.push_back(std::move(user));
  }
  return users;
}

Json shown_databases(const Json& service) {
  Json names = Json::array();
  if (!service.contains(".ready")) return names;
  const Json late = service.value(".late", Json::array());
  for (const Json& name : service[".databases"])
    if (std::find(late.begin(), late.end(), name) == late.end()) names.push_back(name);
  return names;
}

Json describe_plan(Account& account, const Plan& plan) {
  const std::string name(plan.name);
  return {{"name", name},
          {"family", name.substr(0, name.find('-'))},
          {"node-count", plan.nodes},
          {"node-cpu-count", plan.processors},
          {"node-memory", plan.memory * gibibyte},
          {"disk-space", plan.disk * gibibyte},
          {"authorized", true},
          {"zones", Json::array({account.settings().zone})}};
}

Json describe_type(Account& account, const Engine& engine) {
  Json versions = Json::array();
  for (const Version& version : engine.versions) versions.push_back(version.series);
  Json plans_of_type = Json::array();
  for (const Plan& plan : all_plans) plans_of_type.push_back(describe_plan(account, plan));
  return {{"name", engine.name},
          {"description", "Managed " + std::string(engine.name)},
          {"available-versions", std::move(versions)},
          {"default-version", engine.versions.front().series},
          {"plans", std::move(plans_of_type)}};
}

Answer list_types(Call& call) {
  Json items = Json::array();
  for (const Engine* engine : engines()) items.push_back(describe_type(call.account, *engine));
  return {.body = {{"dbaas-service-types", std::move(items)}}};
}

Answer get_type(Call& call) {
  for (const Engine* engine : engines())
    if (call.id() == engine->name) return {.body = describe_type(call.account, *engine)};
  return refuse(404, "Service type " + call.id() + " does not exist");
}

// No real certificate: clients only hand it on.
Answer get_certificate(Call& call) {
  const std::string body = crypto::base64("certificate of " + call.account.settings().zone);
  return {.body = {{"certificate",
                    "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n"}}};
}

Answer settings_of(const char* name, Json properties) {
  const Json schema{{"type", "object"},
                    {"title", std::string(name) + " configuration values"},
                    {"additionalProperties", false},
                    {"properties", std::move(properties)}};
  return {.body = {{"settings", {{name, schema}}}}};
}

Answer mysql_settings(Call&) {
  return settings_of("mysql", {{"sql_mode", {{"type", "string"}}},
                               {"sql_require_primary_key", {{"type", "boolean"}}}});
}

Answer postgres_settings(Call&) {
  return settings_of("pg", {{"timezone", {{"type", "string"}}}, {"jit", {{"type", "boolean"}}}});
}

Answer valkey_settings(Call&) {
  return settings_of("valkey",
                     {{"ssl", {{"type", "boolean"}}}, {"timeout", {{"type", "integer"}}}});
}

constexpr std::array routes{
    Route{.method = "GET", .path = "/dbaas-service-type", .handler = list_types},
    Route{.method = "GET", .path = "/dbaas-service-type/{name}", .handler = get_type},
    Route{.method = "GET", .path = "/dbaas-ca-certificate", .handler = get_certificate},
    Route{.method = "GET", .path = "/dbaas-settings-mysql", .handler = mysql_settings},
    Route{.method = "GET", .path = "/dbaas-settings-pg", .handler = postgres_settings},
    Route{.method = "GET", .path = "/dbaas-settings-valkey", .handler = valkey_settings},
};

}  // namespace

std::span<const Engine* const> engines() {
  static constexpr std::array all{&mysql_engine, &postgres_engine, &valkey_engine};
  return all;
}

const Engine& engine_of(const Route& route) {
  const std::string_view segment = route.path.substr(1, route.path.find('/', 1) - 1);
  for (const Engine* engine : engines())
    if (engine->table == segment) return *engine;
  return mysql_engine;  // routes are ours: there is no other
}

const Plan* find_plan(std::string_view name) {
  for (const Plan& plan : all_plans)
    if (plan.name == name) return &plan;
  return nullptr;
}

bool is_source(std::string_view text) { return is_cidr(text) || is_cidr(std::string(text) + "/0"); }

bool is_time_of_day(std::string_view text) {
  constexpr std::string_view pattern = "23:59:59";
  for (std::size_t i = 0; i < pattern.size(); ++i)
    if (i % 3 == 2 ? text[i] != ':' : text[i] < '0' || text[i] > '9') return false;
  return text.substr(0, 2) <= "23" && text[3] <= '5' && text[6] <= '5';
}

Json describe(Account& account, const Engine& engine, const Json& service) {
  const Plan* known = find_plan(service["plan"].get<std::string>());
  const Plan& plan = known != nullptr ? *known : all_plans.front();
  const Endpoint endpoint = endpoint_of(engine, service);
  Json shown = visible(service);
  shown["zone"] = account.settings().zone;
  shown["node-count"] = plan.nodes;
  shown["node-cpu-count"] = plan.processors;
  shown["node-memory"] = plan.memory * gibibyte;
  shown["disk-size"] = plan.disk * gibibyte;
  shown["node-states"] = node_states(service, plan);
  shown["uri"] = endpoint.uri;
  shown["uri-params"] = uri_parameters(engine, endpoint);
  shown["connection-info"] = connection_info(engine, endpoint, plan);
  shown["prometheus-uri"] = {{"host", endpoint.host}, {"port", 9273}};
  shown["components"] = Json::array({{{"component", engine.name},
                                      {"host", endpoint.host},
                                      {"port", std::stoi(std::string(engine.port))},
                                      {"route", "dynamic"},
                                      {"usage", "primary"}}});
  for (const char* empty : {"backups", "integrations", "notifications"})
    shown[empty] = Json::array();
  shown["users"] = shown_users(service);
  if (!engine.database.empty()) shown["databases"] = shown_databases(service);
  return shown;
}

}  // namespace dbaas

extern const Type dbaas_catalogue;
const Type dbaas_catalogue{.routes = dbaas::routes};

}  // namespace stackctl::simulator
