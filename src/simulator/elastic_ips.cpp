// Elastic IPs: addresses that outlive instances. Several instances may hold one.
#include <array>

#include "simulator/machines.h"

namespace stackctl::simulator {
namespace {

constexpr std::string_view type_name = "elastic-ip";

// What is not given of a health check.
const Json& health_defaults() {
  static const Json defaults{
      {"interval", 10}, {"timeout", 3}, {"strikes-ok", 3}, {"strikes-fail", 2}};
  return defaults;
}

std::optional<Answer> check_health(const Json& check) {
  const std::string mode = check["mode"];
  const bool has_tls = check.contains("tls-sni") || check.contains("tls-skip-verify");
  if (mode == "tcp" && check.contains("uri")) return invalid("healthcheck.uri: not for mode tcp");
  if (mode != "tcp" && !check.contains("uri"))
    return invalid("healthcheck.uri: required by mode http and https");
  if (mode != "https" && has_tls)
    return invalid("healthcheck: only mode https takes tls-sni and tls-skip-verify");
  if (check["interval"] < check["timeout"])
    return invalid("healthcheck.interval: must not be below timeout");
  return std::nullopt;
}

// Completes the health check of `settings` in place, if there is one.
std::optional<Answer> complete_health(Json& settings) {
  if (!settings.contains("healthcheck")) return std::nullopt;
  Json& check = settings["healthcheck"];
  for (const auto& [name, value] : health_defaults().items())
    if (!check.contains(name)) check[name] = value;
  return check_health(check);
}

Answer create_address(Call& call) {
  if (auto refused = complete_health(call.body)) return *refused;
  const std::string id = call.account.random_id();
  Json address = std::move(call.body);
  address["id"] = id;
  if (!address.contains("addressfamily")) address["addressfamily"] = "inet4";
  const bool is_v4 = address["addressfamily"] == "inet4";
  const std::string ip = is_v4 ? call.account.random_address()
                               : "2001:db8:1::" + call.account.random_id().substr(0, 4);
  address["ip"] = ip;
  address["cidr"] = ip + (is_v4 ? "/32" : "/128");
  call.account.add(type_name, id, std::move(address));
  return accept(call, type_name, id, "nothing", Json::object());
}

Answer list_addresses(Call& call) { return list(call, type_name, "elastic-ips"); }

std::optional<Answer> refuse_leaving(const Call& call) {
  if (!is_leaving(*call.object)) return std::nullopt;
  return refuse(409, "The elastic IP is already being deleted");
}

// A health check is sent whole, and there is no way to take it away.
Answer update_address(Call& call) {
  if (auto refused = refuse_leaving(call)) return *refused;
  if (auto refused = complete_health(call.body)) return *refused;
  return accept_change(call, std::move(call.body));
}

Answer reset_field(Call& call) {
  if (call.arguments[1] != "description") return invalid("field: must be one of: description");
  if (auto refused = refuse_leaving(call)) return *refused;
  return accept_change(call, {{"description", nullptr}});
}

Answer delete_address(Call& call) {
  if (auto refused = refuse_leaving(call)) return *refused;
  if (auto refused = refuse_used(call, "elastic-ips", "elastic IP")) return *refused;
  return accept_removal(call);
}

bool is_held(Call& call) {
  const std::string instance = call.body["instance"]["id"];
  return refers(*call.account.find("instance", instance), "elastic-ips", call.id());
}

Json holding(const Call& call) {
  return {{"address", call.id()}, {"instance", call.body["instance"]["id"]}};
}

Answer attach(Call& call) {
  if (auto refused = refuse_leaving(call)) return *refused;
  if (is_held(call)) return refuse(409, "The instance already has this elastic IP");
  return accept(call, "elastic-ip.attached", holding(call));
}

Answer detach(Call& call) {
  if (!is_held(call)) return refuse(404, "The instance does not have this elastic IP");
  return accept(call, "elastic-ip.detached", holding(call));
}

// {address, instance}
std::optional<Failure> hold_now(Account& account, const Json& arguments, bool is_attached) {
  const Json* address = account.find(type_name, arguments["address"].get<std::string>());
  Json* instance = account.find("instance", arguments["instance"].get<std::string>());
  if (address == nullptr || instance == nullptr || is_leaving(*address) || is_leaving(*instance))
    return Failure{"not-found", "The instance or the elastic IP is gone"};
  change_reference(*instance, "elastic-ips", arguments["address"], is_attached);
  return std::nullopt;
}

std::optional<Failure> attached(Account& account, const Json& arguments) {
  return hold_now(account, arguments, true);
}

std::optional<Failure> detached(Account& account, const Json& arguments) {
  return hold_now(account, arguments, false);
}

constexpr std::array health_fields{
    word("mode", "http https tcp").required(),
    integer("port", 1, 65535).required(),
    integer("interval", 5, 300),
    integer("timeout", 2, 60),
    integer("strikes-ok", 1, 20),
    integer("strikes-fail", 1, 20),
    text("uri", 1),
    text("tls-sni", 1),
    boolean("tls-skip-verify"),
};
constexpr std::array create_fields{
    word("addressfamily", "inet4 inet6"),
    text("description"),
    object("healthcheck", health_fields),
    labels(),
};
constexpr std::array update_fields{text("description"), object("healthcheck", health_fields),
                                   labels()};
constexpr std::array hold_fields{reference("instance", "instance").required()};

constexpr Route one(std::string_view method, std::string_view path, Handler handler,
                    std::span<const Field> fields = {}) {
  return {.method = method,
          .path = path,
          .handler = handler,
          .object = type_name,
          .takes = {2, 5},
          .body = fields.empty() ? Body::none : Body::required,
          .fields = fields};
}

constexpr std::array routes{
    Route{.method = "GET", .path = "/elastic-ip", .handler = list_addresses},
    Route{.method = "POST",
          .path = "/elastic-ip",
          .handler = create_address,
          .takes = {2, 4},
          .body = Body::required,
          .fields = create_fields},
    one("GET", "/elastic-ip/{id}", show),
    one("PUT", "/elastic-ip/{id}", update_address, update_fields),
    one("DELETE", "/elastic-ip/{id}", delete_address),
    one("DELETE", "/elastic-ip/{id}/{field}", reset_field),
    one("PUT", "/elastic-ip/{id}:attach", attach, hold_fields),
    one("PUT", "/elastic-ip/{id}:detach", detach, hold_fields),
};
constexpr std::array actions{Action{"elastic-ip.attached", attached},
                             Action{"elastic-ip.detached", detached}};

}  // namespace

extern const Type elastic_ips;
const Type elastic_ips{.routes = routes, .actions = actions};

}  // namespace stackctl::simulator
