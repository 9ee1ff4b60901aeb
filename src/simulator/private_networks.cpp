// Private networks: plain segments, or managed ones, which lease addresses of a range.
#include <array>

#include "simulator/machines.h"
#include "simulator/private_network_leases.h"

namespace stackctl::simulator {
namespace {

constexpr std::string_view type_name = "private-network";
constexpr std::uint64_t largest_vni = (std::uint64_t{1} << 24U) - 1;

Json describe(Account& account, const Json& network) {
  Json shown = visible(network);
  shown["leases"] = leases_of(account, network);
  return shown;
}

Answer list_networks(Call& call) {
  Json items = Json::array();
  for (const auto& [id, network] : call.account.table(type_name))
    items.push_back(describe(call.account, network));
  return {.body = {{"private-networks", std::move(items)}}};
}

Answer get_network(Call& call) { return {.body = describe(call.account, *call.object)}; }

Answer create_network(Call& call) {
  if (auto refused = check_range(call.body)) return *refused;
  const std::string id = call.account.random_id();
  Json network = std::move(call.body);
  network["id"] = id;
  network["vni"] = 1 + call.account.random(largest_vni);
  call.account.add(type_name, id, std::move(network));
  return accept(call, type_name, id, "nothing", Json::object());
}

std::optional<Answer> refuse_leaving(const Call& call) {
  if (!is_leaving(*call.object)) return std::nullopt;
  return refuse(409, "The private network is already being deleted");
}

// What is leased must stay within the range's network.
std::optional<Answer> check_leases(Account& account, const Json& network) {
  for (const Json& lease : leases_of(account, network)) {
    const Json* instance = account.find("instance", lease["instance-id"].get<std::string>());
    if (check_lease(account, network, *instance, lease["ip"]))
      return refuse(409, "IP address " + lease["ip"].get<std::string>() +
                             " is leased to instance " + lease["instance-id"].get<std::string>());
  }
  return std::nullopt;
}

Answer update_network(Call& call) {
  if (auto refused = refuse_leaving(call)) return *refused;
  Json changed = *call.object;
  merge(changed, call.body);
  if (auto refused = check_range(changed)) return *refused;
  if (auto refused = check_leases(call.account, changed)) return *refused;
  return accept(call, "private-network.updated", {{"id", call.id()}, {"changes", call.body}});
}

Answer reset_field(Call& call) {
  if (call.arguments[1] != "labels") return invalid("field: must be one of: labels");
  if (auto refused = refuse_leaving(call)) return *refused;
  return accept_change(call, {{"labels", nullptr}});
}

Answer delete_network(Call& call) {
  if (auto refused = refuse_leaving(call)) return *refused;
  if (auto refused = refuse_used(call, "private-networks", "private network")) return *refused;
  return accept_removal(call);
}

std::string wanted_ip(const Json& body) { return body.value("ip", ""); }

Json& instance_of(Call& call) {
  return *call.account.find("instance", call.body["instance"]["id"].get<std::string>());
}

Answer accept_member(Call& call, std::string_view action) {
  return accept(call, action,
                {{"network", call.id()},
                 {"instance", call.body["instance"]["id"]},
                 {"ip", wanted_ip(call.body)}});
}

Answer attach(Call& call) {
  if (auto refused = refuse_leaving(call)) return *refused;
  const Json& instance = instance_of(call);
  if (refers(instance, "private-networks", call.id()))
    return refuse(409, "The instance is already attached to this private network");
  const std::string ip = wanted_ip(call.body);
  if (auto refused = check_lease(call.account, *call.object, instance, ip)) return *refused;
  return accept_member(call, "private-network.attached");
}

Answer refuse_stranger() {
  return refuse(404, "The instance is not attached to this private network");
}

Answer detach(Call& call) {
  if (!refers(instance_of(call), "private-networks", call.id())) return refuse_stranger();
  return accept_member(call, "private-network.detached");
}

// Without an address the instance gets another lease of the cloud's choice.
Answer update_ip(Call& call) {
  if (auto refused = refuse_leaving(call)) return *refused;
  const Json& instance = instance_of(call);
  if (!refers(instance, "private-networks", call.id())) return refuse_stranger();
  if (!is_managed(*call.object)) return invalid("ip: the private network is not managed");
  const std::string ip = wanted_ip(call.body);
  if (auto refused = check_lease(call.account, *call.object, instance, ip)) return *refused;
  return accept_member(call, "private-network.ip-updated");
}

// {id, changes}: instances that have no lease yet get one when the network became managed.
std::optional<Failure> updated(Account& account, const Json& arguments) {
  const std::string id = arguments["id"];
  Json* network = account.find(type_name, id);
  if (network == nullptr || is_leaving(*network))
    return Failure{"interrupted", "The private network was deleted meanwhile"};
  merge(*network, arguments["changes"]);
  for (auto& [member, instance] : account.table("instance")) {
    const bool has_lease = instance.value(".leases", Json::object()).contains(id);
    if (refers(instance, "private-networks", id) && !has_lease)
      lease(account, *network, instance, "");
  }
  return std::nullopt;
}

// The network and the instance of {network, instance, ip}, if both are there to stay.
struct Pair {
  const Json* network;
  Json* instance;
  explicit operator bool() const {
    return network != nullptr && instance != nullptr && !is_leaving(*network) &&
           !is_leaving(*instance);
  }
};

Pair find_pair(Account& account, const Json& arguments) {
  return {account.find(type_name, arguments["network"].get<std::string>()),
          account.find("instance", arguments["instance"].get<std::string>())};
}

Failure gone() { return {"not-found", "The instance or the private network is gone"}; }

// The address is checked again: another operation may have come first.
std::optional<Failure> attached(Account& account, const Json& arguments) {
  const Pair pair = find_pair(account, arguments);
  if (!pair) return gone();
  if (auto refused = check_lease(account, *pair.network, *pair.instance, arguments["ip"]))
    return Failure{"conflict", refused->body["message"]};
  join_network(account, *pair.network, *pair.instance, arguments["ip"]);
  return std::nullopt;
}

std::optional<Failure> detached(Account& account, const Json& arguments) {
  const Pair pair = find_pair(account, arguments);
  if (!pair) return gone();
  leave_network(*pair.instance, arguments["network"]);
  return std::nullopt;
}

std::optional<Failure> ip_updated(Account& account, const Json& arguments) {
  const Pair pair = find_pair(account, arguments);
  if (!pair ||
      !refers(*pair.instance, "private-networks", (*pair.network)["id"].get<std::string>()))
    return gone();
  if (auto refused = check_lease(account, *pair.network, *pair.instance, arguments["ip"]))
    return Failure{"conflict", refused->body["message"]};
  lease(account, *pair.network, *pair.instance, arguments["ip"]);
  return std::nullopt;
}

constexpr auto name_field = text("name", 1);
constexpr auto instance_field = reference("instance", "instance");
constexpr auto ip_field = text("ip").check(is_ipv4);
constexpr std::array option_fields{
    texts("routers").check(is_ipv4),
    texts("dns-servers").check(is_ipv4),
    texts("ntp-servers").check(is_ipv4),
    texts("domain-search").check(is_host_name),
};
constexpr std::array create_fields{
    name_field.required(),
    text("description"),
    labels(),
    text("start-ip").check(is_ipv4),
    text("end-ip").check(is_ipv4),
    text("netmask").check(is_ipv4),
    object("options", option_fields),
};
constexpr std::array update_fields{
    name_field,
    text("description"),
    labels(),
    text("start-ip").check(is_ipv4),
    text("end-ip").check(is_ipv4),
    text("netmask").check(is_ipv4),
    object("options", option_fields),
};
constexpr std::array attach_fields{instance_field.required(), ip_field};
constexpr std::array detach_fields{instance_field.required()};

constexpr Route verb(std::string_view path, Handler handler, std::span<const Field> fields) {
  return {.method = "PUT",
          .path = path,
          .handler = handler,
          .object = type_name,
          .takes = {2, 6},
          .body = Body::required,
          .fields = fields};
}

constexpr std::array routes{
    Route{.method = "GET", .path = "/private-network", .handler = list_networks},
    Route{.method = "POST",
          .path = "/private-network",
          .handler = create_network,
          .takes = {1, 3},
          .body = Body::required,
          .fields = create_fields},
    Route{.method = "GET",
          .path = "/private-network/{id}",
          .handler = get_network,
          .object = type_name},
    Route{.method = "PUT",
          .path = "/private-network/{id}",
          .handler = update_network,
          .object = type_name,
          .takes = {1, 3},
          .body = Body::required,
          .fields = update_fields},
    Route{.method = "DELETE",
          .path = "/private-network/{id}",
          .handler = delete_network,
          .object = type_name,
          .takes = {1, 3}},
    Route{.method = "DELETE",
          .path = "/private-network/{id}/{field}",
          .handler = reset_field,
          .object = type_name,
          .takes = {1, 3}},
    verb("/private-network/{id}:attach", attach, attach_fields),
    verb("/private-network/{id}:detach", detach, detach_fields),
    verb("/private-network/{id}:update-ip", update_ip, attach_fields),
};
constexpr std::array actions{
    Action{"private-network.updated", updated},
    Action{"private-network.attached", attached},
    Action{"private-network.detached", detached},
    Action{"private-network.ip-updated", ip_updated},
};

}  // namespace

extern const Type private_networks;
const Type private_networks{.routes = routes, .actions = actions};

}  // namespace stackctl::simulator
