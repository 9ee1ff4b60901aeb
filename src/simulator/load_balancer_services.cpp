#include "simulator/load_balancer_services.h"

#include <algorithm>
#include <array>

#include "simulator/machines.h"

namespace stackctl::simulator {
namespace {

constexpr std::string_view balancer_type = "load-balancer";

// A complete health check replaces the old one; anything less is merged into it, so that `uri` and
// `tls-sni` stay behind when only the mode changes: a trap of the API that clients must know.
constexpr const char* complete_health_check[] = {"mode", "port", "interval", "timeout", "retries"};

// From booted to listening, in seconds; what user data installs takes its time.
constexpr double warm_up = 30;

Json* find_service(Json& balancer, std::string_view id) {
  for (Json& service : balancer["services"])
    if (service["id"] == id) return &service;
  return nullptr;
}

Json* find_service(Account& account, const Json& arguments) {
  Json* balancer = account.find(balancer_type, arguments["balancer"].get<std::string>());
  if (balancer == nullptr) return nullptr;
  return find_service(*balancer, arguments["service"].get<std::string>());
}

bool has_contradiction(const Json& check) {
  const std::string mode = check.value("mode", "");
  return (mode == "tcp" && (check.contains("uri") || check.contains("tls-sni"))) ||
         (mode == "http" && check.contains("tls-sni"));
}

// Of what was sent, and of what it amounts to together with the present one.
std::optional<Answer> check_health(const Json& sent, const Json& merged) {
  if (has_contradiction(sent))
    return invalid("healthcheck: mode tcp takes no uri, only mode https takes tls-sni");
  if (!merged.contains("mode") || !merged.contains("port"))
    return invalid("healthcheck: mode and port are required");
  if (merged["mode"] != "tcp" && !merged.contains("uri"))
    return invalid("healthcheck.uri: required by mode http and https");
  if (merged["interval"] < merged["timeout"])
    return invalid("healthcheck.interval: must not be below timeout");
  return std::nullopt;
}

Json with_defaults(Json check) {
  const Json defaults{{"interval", 10}, {"timeout", 5}, {"retries", 1}};
  for (const auto& [name, value] : defaults.items())
    if (!check.contains(name)) check[name] = value;
  return check;
}

Json merged_health(Json present, const Json& sent) {
  const bool is_complete =
      std::all_of(std::begin(complete_health_check), std::end(complete_health_check),
                  [&](const char* name) { return sent.contains(name); });
  if (is_complete) return sent;
  merge(present, sent);
  return present;
}

std::optional<Answer> refuse_taken_port(const Json& balancer, const Json& wanted,
                                        std::string_view except) {
  for (const Json& service : balancer["services"])
    if (service["id"] != except && service["port"] == wanted["port"] &&
        service["protocol"] == wanted["protocol"])
      return refuse(409, "Port " + wanted["port"].dump() + " is already in use by service " +
                             service["name"].get<std::string>());
  return std::nullopt;
}

std::optional<Answer> require_running(const Call& call) {
  if ((*call.object)["state"] == "running") return std::nullopt;
  return refuse(409, "Load balancer " + call.id() + " is not running");
}

Answer add_service(Call& call) {
  if (auto refused = require_running(call)) return *refused;
  Json service = call.body;
  service["healthcheck"] = with_defaults(service["healthcheck"]);
  if (auto refused = check_health(call.body["healthcheck"], service["healthcheck"]))
    return *refused;
  if (auto refused = refuse_taken_port(*call.object, service, "")) return *refused;
  service["id"] = call.account.random_id();
  service["state"] = "creating";
  (*call.object)["services"].push_back(service);
  // The operation refers to the balancer: a new service is found by reading that.
  return accept(
      call, "service.changed",
      {{"balancer", call.id()}, {"service", service["id"]}, {"changes", {{"state", "running"}}}});
}

// The service that the path names, unless it is being deleted.
std::optional<Answer> require_service(Call& call, Json*& service) {
  service = find_service(*call.object, call.arguments[1]);
  if (service == nullptr) return refuse(404, "service " + call.arguments[1] + " not found");
  if ((*service)["state"] == "deleting") return refuse(409, "The service is already being deleted");
  return std::nullopt;
}

Answer change_service(Call& call, Json& service, Json changes) {
  service["state"] = "updating";
  changes["state"] = "running";
  return accept(
      call, "service.changed",
      {{"balancer", call.id()}, {"service", service["id"]}, {"changes", std::move(changes)}});
}

Answer update_service(Call& call) {
  Json* service = nullptr;
  if (auto refused = require_service(call, service)) return *refused;
  Json changed = *service;
  merge(changed, call.body);
  if (auto refused = refuse_taken_port(*call.object, changed, call.arguments[1])) return *refused;
  if (call.body.contains("healthcheck")) {
    changed["healthcheck"] = merged_health((*service)["healthcheck"], call.body["healthcheck"]);
    if (auto refused = check_health(call.body["healthcheck"], changed["healthcheck"]))
      return *refused;
    call.body["healthcheck"] = changed["healthcheck"];
  }
  return change_service(call, *service, std::move(call.body));
}

Answer reset_field(Call& call) {
  if (call.arguments[2] != "description") return invalid("field: must be one of: description");
  Json* service = nullptr;
  if (auto refused = require_service(call, service)) return *refused;
  return change_service(call, *service, {{"description", nullptr}});
}

Answer delete_service(Call& call) {
  Json* service = nullptr;
  if (auto refused = require_service(call, service)) return *refused;
  (*service)["state"] = "deleting";
  return accept(call, "service.removed", {{"balancer", call.id()}, {"service", call.arguments[1]}});
}

Answer get_service(Call& call) {
  const Json* service = find_service(*call.object, call.arguments[1]);
  if (service == nullptr) return refuse(404, "service " + call.arguments[1] + " not found");
  return {.body = describe_service(call.account, *service)};
}

// {balancer, service, changes}
std::optional<Failure> changed(Account& account, const Json& arguments) {
  Json* service = find_service(account, arguments);
  if (service == nullptr || (*service)["state"] == "deleting")
    return Failure{"interrupted", "The service was deleted meanwhile"};
  merge(*service, arguments["changes"]);
  return std::nullopt;
}

// {balancer, service}
std::optional<Failure> removed(Account& account, const Json& arguments) {
  Json* balancer = account.find(balancer_type, arguments["balancer"].get<std::string>());
  if (balancer == nullptr) return std::nullopt;
  Json left = Json::array();
  for (const Json& service : (*balancer)["services"])
    if (service["id"] != arguments["service"]) left.push_back(service);
  (*balancer)["services"] = std::move(left);
  return std::nullopt;
}

// A member answers when something was installed on it, by user data or in a template of one's own,
// and has had the time to start.
bool is_healthy(Account& account, const Json& instance) {
  if (instance["state"] != "running") return false;
  const Json* image = account.find("template", instance["template"]["id"].get<std::string>());
  const bool is_own_image = image == nullptr || (*image)["visibility"] == "private";
  if (!instance.contains("user-data") && !is_own_image) return false;
  const auto since = Time{Duration{instance[".running-since"].get<std::int64_t>()}};
  const std::chrono::duration<double> up = account.now() - since;
  return up.count() * account.settings().speed >= warm_up || account.settings().speed > 1e9;
}

constexpr std::array health_fields{
    word("mode", "http https tcp"),
    integer("port", 1, 65535),
    integer("interval", 5, 300),
    integer("timeout", 2, 60),
    integer("retries", 1, 20),
    text("uri", 1),
    text("tls-sni", 1),
};
constexpr std::array create_fields{
    text("name", 1).required(),
    text("description"),
    reference("instance-pool", "instance-pool").required(),
    word("protocol", "tcp udp").required(),
    word("strategy", "maglev-hash round-robin source-hash").required(),
    integer("port", 1, 65535).required(),
    integer("target-port", 1, 65535).required(),
    object("healthcheck", health_fields).required(),
};
// The pool cannot change: a service for another pool is another service.
constexpr std::array update_fields{
    text("name", 1),
    text("description"),
    word("protocol", "tcp udp"),
    word("strategy", "maglev-hash round-robin source-hash"),
    integer("port", 1, 65535),
    integer("target-port", 1, 65535),
    object("healthcheck", health_fields),
};

constexpr std::string_view one_service = "/load-balancer/{id}/service/{service-id}";
constexpr std::array routes{
    Route{.method = "POST",
          .path = "/load-balancer/{id}/service",
          .handler = add_service,
          .object = balancer_type,
          .takes = {10, 30},
          .body = Body::required,
          .fields = create_fields},
    Route{.method = "GET", .path = one_service, .handler = get_service, .object = balancer_type},
    Route{.method = "PUT",
          .path = one_service,
          .handler = update_service,
          .object = balancer_type,
          .takes = {5, 15},
          .body = Body::required,
          .fields = update_fields},
    Route{.method = "DELETE",
          .path = one_service,
          .handler = delete_service,
          .object = balancer_type,
          .takes = {5, 15}},
    Route{.method = "DELETE",
          .path = "/load-balancer/{id}/service/{service-id}/{field}",
          .handler = reset_field,
          .object = balancer_type,
          .takes = {5, 15}},
};
constexpr std::array actions{Action{"service.changed", changed},
                             Action{"service.removed", removed}};

}  // namespace

Json describe_service(Account& account, const Json& service) {
  Json shown = service;
  shown["healthcheck-status"] = Json::array();
  const std::string pool = service["instance-pool"]["id"];
  for (const std::string& id : pool_members(account, pool, false)) {
    const Json& instance = *account.find("instance", id);
    if (!instance.contains("public-ip")) continue;
    shown["healthcheck-status"].push_back(
        {{"public-ip", instance["public-ip"]},
         {"status", is_healthy(account, instance) ? "success" : "failure"}});
  }
  return shown;
}

extern const Type load_balancer_services;
const Type load_balancer_services{.routes = routes, .actions = actions};

}  // namespace stackctl::simulator
