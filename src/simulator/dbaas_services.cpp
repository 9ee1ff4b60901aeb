// The life of a managed database service. The name is the identity; names are shared by all
// engines.
#include "simulator/dbaas.h"

namespace stackctl::simulator {
namespace dbaas {
namespace {

constexpr Span build_time{180, 360};
constexpr Span rebalance_time{60, 180};
constexpr Span user_delay{5, 20};
constexpr int host_length = 8;

const Json* find_by_name(Account& account, std::string_view name) {
  for (const Engine* engine : engines())
    if (const Json* service = account.find(engine->table, name)) return service;
  return nullptr;
}

bool is_service_name(std::string_view name) {
  constexpr std::size_t longest = 63;
  return !name.empty() && name.size() <= longest && name.front() >= 'a' && name.front() <= 'z' &&
         name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string_view::npos;
}

// "8.4" is completed to "8.4.8"; empty: there is none such.
std::string complete_version(const Engine& engine, std::string_view wanted) {
  for (const Version& version : engine.versions)
    if (wanted == version.series || wanted == version.full) return std::string(version.full);
  return "";
}

void normalise_filter(Json& filter) {
  for (Json& source : filter) {
    const std::string text = source;
    if (text.find('/') == std::string::npos)
      source = text + (text.find(':') == std::string::npos ? "/32" : "/128");
  }
}

Json random_schedule(Account& account) {
  constexpr std::uint64_t hours = 24;
  constexpr std::uint64_t minutes = 60;
  return {{"backup-hour", account.random(hours)}, {"backup-minute", account.random(minutes)}};
}

// What an update without one does too: a trap of the API that clients must know.
Json schedule_of(Account& account, const Json& body) {
  Json schedule = random_schedule(account);
  const Json wanted = body.value("backup-schedule", Json::object());
  for (const auto& [name, value] : wanted.items())
    if (!value.is_null()) schedule[name] = value;
  return schedule;
}

// Makes a body that was checked into attributes of a service.
std::optional<Answer> complete(Account& account, const Engine& engine, Json& body) {
  if (body.contains("plan") && find_plan(body["plan"].get<std::string>()) == nullptr)
    return invalid("plan: is unknown");
  if (body.contains("version")) {
    std::string version = complete_version(engine, body["version"].get<std::string>());
    if (version.empty()) return invalid("version: is not available");
    body["version"] = std::move(version);
  }
  if (body.contains("ip-filter")) normalise_filter(body["ip-filter"]);
  if (body.contains("maintenance")) body["maintenance"]["updates"] = Json::array();
  if (engine.has_backup_schedule) body["backup-schedule"] = schedule_of(account, body);
  if (body.contains("variant")) {  // it cannot be read back
    body[".variant"] = body["variant"];
    body.erase("variant");
  }
  body["updated-at"] = timestamp(account.now());
  return std::nullopt;
}

Json defaults(Account& account, const Engine& engine, const std::string& name) {
  Json service{{"name", name},
               {"type", engine.name},
               {"state", "rebuilding"},
               {"version", engine.versions.front().full},
               {"ip-filter", Json::array()},
               {"termination-protection", false},
               {"created-at", timestamp(account.now())},
               {".id", account.random_id()},
               {".host", account.random_word(host_length)},
               {".users", Json::array()},
               {".databases", Json::array()}};
  service[std::string(engine.settings)] = Json::object();
  service["maintenance"] = {{"dow", "sunday"}, {"time", "04:00:00"}, {"updates", Json::array()}};
  return service;
}

void add_administrator(Account& account, const Engine& engine, Json& service) {
  const std::string name = service.value("admin-username", std::string(engine.administrator));
  Json user = make_user(account, engine, name);
  user["type"] = "primary";
  if (service.contains("admin-password")) user["password"] = service["admin-password"];
  service[".users"].push_back(std::move(user));
  if (!engine.database.empty()) service[".databases"].push_back(engine.database);
  service.erase("admin-username");
  service.erase("admin-password");
}

// A fork begins with the data of its source.
std::optional<Answer> fork(Account& account, const Engine& engine, Json& service) {
  const std::string name = service["fork-from-service"];
  const Json* source = account.find(engine.table, name);
  if (source == nullptr || is_leaving(*source))
    return refuse(404, "Service " + name + " does not exist");
  if ((*source)["state"] != "running") return refuse(409, "Service " + name + " is not running");
  for (const char* attribute : {".users", ".databases"}) service[attribute] = (*source)[attribute];
  service.erase("fork-from-service");
  return std::nullopt;
}

// {table, name, id}
std::optional<Failure> up(Account& account, const Json& arguments) {
  Json* service = find_service(account, arguments);
  if (service == nullptr) return std::nullopt;
  (*service)["state"] = "running";
  account.schedule(user_delay, {"dbaas.ready", arguments, ""});
  return std::nullopt;
}

// {table, name, id}: only now users and databases are shown.
std::optional<Failure> ready(Account& account, const Json& arguments) {
  if (Json* service = find_service(account, arguments)) (*service)[".ready"] = true;
  return std::nullopt;
}

// {table, name, id, plan}: other nodes have another address.
std::optional<Failure> rebalanced(Account& account, const Json& arguments) {
  Json* service = find_service(account, arguments);
  if (service == nullptr) return std::nullopt;
  merge(*service, {{"state", "running"},
                   {"plan", arguments["plan"]},
                   {".host", account.random_word(host_length)}});
  return std::nullopt;
}

Answer list_services(Call& call) {
  constexpr const char* common[] = {
      "created-at", "disk-size",   "integrations",           "name",
      "node-count", "node-memory", "node-cpu-count",         "notifications",
      "plan",       "state",       "termination-protection", "type",
      "updated-at", "zone"};
  Json items = Json::array();
  for (const Engine* engine : engines())
    for (const auto& [name, service] : call.account.table(engine->table)) {
      const Json whole = describe(call.account, *engine, service);
      Json item = Json::object();
      for (const char* attribute : common) item[attribute] = whole[attribute];
      items.push_back(std::move(item));
    }
  return {.body = {{"dbaas-services", std::move(items)}}};
}

Answer remove_service(Call& call, Json& service) {
  if (is_leaving(service)) return refuse(409, "Service is already being deleted");
  if (service["termination-protection"] == true)
    return refuse(403,
                  "Service is protected against termination and shutdown. Remove termination "
                  "protection first.");
  service[".leaving"] = true;
  return accept_about(call, service, "dbaas.removed", Json::object());
}

// {table, name, id}
std::optional<Failure> removed(Account& account, const Json& arguments) {
  if (find_service(account, arguments) != nullptr)
    account.erase(arguments["table"].get<std::string>(), arguments["name"].get<std::string>());
  return std::nullopt;
}

// {table, name, id, changes}
std::optional<Failure> updated(Account& account, const Json& arguments) {
  Json* service = find_service(account, arguments);
  if (service == nullptr || is_leaving(*service))
    return Failure{"interrupted", "The service was deleted meanwhile"};
  merge(*service, arguments["changes"]);
  return std::nullopt;
}

Answer delete_any_service(Call& call) {
  for (const Engine* engine : engines())
    if (Json* service = call.account.find(engine->table, call.id()))
      return remove_service(call, *service);
  return refuse(404, "Service " + call.id() + " does not exist");
}

constexpr std::array routes{
    Route{.method = "GET", .path = "/dbaas-service", .handler = list_services},
    Route{.method = "DELETE",
          .path = "/dbaas-service/{name}",
          .handler = delete_any_service,
          .takes = {2, 5}},
};
constexpr std::array actions{Action{"dbaas.up", up}, Action{"dbaas.ready", ready},
                             Action{"dbaas.rebalanced", rebalanced},
                             Action{"dbaas.removed", removed}, Action{"dbaas.updated", updated}};

}  // namespace

Json identity(const Engine& engine, const Json& service) {
  return {{"table", engine.table}, {"name", service["name"]}, {"id", service[".id"]}};
}

Json* find_service(Account& account, const Json& arguments) {
  Json* service =
      account.find(arguments["table"].get<std::string>(), arguments["name"].get<std::string>());
  return service != nullptr && (*service)[".id"] == arguments["id"] ? service : nullptr;
}

Answer accept_about(Call& call, const Json& service, std::string_view action, Json arguments) {
  for (const Engine* engine : engines()) {
    if (service["type"] != engine->name) continue;
    arguments.update(identity(*engine, service));
    const Reference reference{
        service[".id"], '/' + std::string(engine->table) + '/' + service["name"].get<std::string>(),
        std::string(engine->command)};
    return accept(call, reference, action, std::move(arguments));
  }
  return refuse(404, "Service does not exist");
}

std::optional<Answer> require_built(const Call& call) {
  if (!is_leaving(*call.object) && (*call.object)["state"] != "rebuilding") return std::nullopt;
  return refuse(409, "Service " + call.id() + " is not running");
}

Answer create_service(Call& call) {
  const Engine& engine = engine_of(call.route);
  if (!is_service_name(call.id())) return invalid("name: is invalid");
  if (find_by_name(call.account, call.id()) != nullptr)
    return refuse(409, "Service name " + call.id() + " is already in use");
  Json service = defaults(call.account, engine, call.id());
  if (auto refused = complete(call.account, engine, call.body)) return *refused;
  merge(service, call.body);
  if (service.contains("fork-from-service")) {
    if (auto refused = fork(call.account, engine, service)) return *refused;
  } else {
    add_administrator(call.account, engine, service);
  }
  const Json& added = call.account.add(engine.table, call.id(), std::move(service));
  call.account.schedule(build_time, {"dbaas.up", identity(engine, added), ""});
  return accept_about(call, added, "nothing", Json::object());
}

Answer get_service(Call& call) {
  return {.body = describe(call.account, engine_of(call.route), *call.object)};
}

Answer update_service(Call& call) {
  const Engine& engine = engine_of(call.route);
  Json& service = *call.object;
  if (is_leaving(service)) return refuse(409, "Service is already being deleted");
  const bool has_other_plan = call.body.contains("plan") && call.body["plan"] != service["plan"];
  if (has_other_plan && service["state"] != "running")
    return refuse(409, "Service " + call.id() + " is not running");
  if (auto refused = complete(call.account, engine, call.body)) return *refused;
  if (has_other_plan) {
    service["state"] = "rebalancing";
    Json arguments = identity(engine, service);
    arguments["plan"] = call.body["plan"];
    call.account.schedule(rebalance_time, {"dbaas.rebalanced", std::move(arguments), ""});
  }
  call.body.erase("plan");
  return accept_about(call, service, "dbaas.updated", {{"changes", call.body}});
}

Answer delete_service(Call& call) { return remove_service(call, *call.object); }

}  // namespace dbaas

extern const Type dbaas_services;
const Type dbaas_services{.routes = dbaas::routes, .actions = dbaas::actions};

}  // namespace stackctl::simulator
