// Instances: virtual machines, on their own or members of a pool.
#include <algorithm>
#include <array>

#include "simulator/machines.h"

namespace stackctl::simulator {
namespace {

constexpr std::string_view type_name = "instance";

// From booted until user data that ends with switching the machine off has done so.
constexpr Span install_time{20, 60};

// The list shows less than the single instance: no user data, no disk size, no placement.
constexpr const char* listed[] = {
    "public-ip-assignment",
    "labels",
    "security-groups",
    "name",
    "instance-type",
    "private-networks",
    "template",
    "state",
    "ssh-key",
    "mac-address",
    "manager",
    "ssh-keys",
    "ipv6-address",
    "id",
    "created-at",
    "public-ip",
};

bool is_wanted(const Call& call, const Json& instance) {
  const Json manager = instance.value("manager", Json::object());
  if (const auto id = http::find(call.query, "manager-id"); id && manager.value("id", "") != *id)
    return false;
  if (const auto type = http::find(call.query, "manager-type");
      type && manager.value("type", "") != *type)
    return false;
  const auto address = http::find(call.query, "ip-address");
  return !address || instance.value("public-ip", "") == *address;
}

Answer list_instances(Call& call) {
  if (http::find(call.query, "labels"))
    return invalid("labels: the syntax of this filter is not documented, so it is not simulated");
  Json items = Json::array();
  for (const auto& [id, instance] : call.account.table(type_name)) {
    if (!is_wanted(call, instance)) continue;
    Json item = Json::object();
    for (const char* name : listed)
      if (instance.contains(name)) item[name] = instance[name];
    items.push_back(std::move(item));
  }
  return {.body = {{"instances", std::move(items)}}};
}

Answer show_instance(Call& call) {
  Json shown = visible(*call.object);
  for (const auto& [id, snapshot] : call.account.table("snapshot"))
    if (snapshot["instance"]["id"] == call.id()) shown["snapshots"].push_back({{"id", id}});
  return {.body = std::move(shown)};
}

Answer create_instance(Call& call) {
  if (auto refused = check_machine(call.account, call.body)) return *refused;
  unify_ssh_keys(call.body);
  const std::string name = call.body.value("name", "vm-" + call.account.random_id());
  const std::string id = add_machine(call.account, call.body, name);
  if (call.body.contains("labels"))
    (*call.account.find(type_name, id))["labels"] = call.body["labels"];
  const bool starts = call.body.value("auto-start", true);
  return accept(call, type_name, id, "instance.up",
                {{"id", id}, {"state", starts ? "running" : "stopped"}});
}

void connect(Account& account, Json& instance) {
  const std::string assignment = instance["public-ip-assignment"];
  if (assignment == "none" || instance.contains("public-ip")) return;
  instance["public-ip"] = account.random_address();
  const std::string word = account.random_id();
  instance["mac-address"] = "06:" + word.substr(0, 2) + ':' + word.substr(2, 2) + ':' +
                            word.substr(4, 2) + ':' + word.substr(6, 2) + ':' + word.substr(9, 2);
  if (assignment == "dual")
    instance["ipv6-address"] = "2001:db8::" + word.substr(0, 4) + ':' + word.substr(4, 4);
}

// What user data says is done at the first boot of a disk only.
void boot(Account& account, Json& instance) {
  instance[".running-since"] = account.now().time_since_epoch().count();
  if (instance.contains(".booted")) return;
  instance[".booted"] = true;
  if (asks_for_power_off(instance.value("user-data", "")))
    account.schedule(install_time, {"instance.powered-off", {{"id", instance["id"]}}, ""});
}

// {id}: the machine did it itself; no operation tells of it.
std::optional<Failure> powered_off(Account& account, const Json& arguments) {
  Json* instance = account.find(type_name, arguments["id"].get<std::string>());
  if (instance != nullptr && (*instance)["state"] == "running") (*instance)["state"] = "stopped";
  return std::nullopt;
}

// {id, state}: booting is over. The address is known only now.
std::optional<Failure> up(Account& account, const Json& arguments) {
  Json* instance = account.find(type_name, arguments["id"].get<std::string>());
  if (instance == nullptr || is_leaving(*instance))
    return Failure{"interrupted", "The instance was deleted meanwhile"};
  (*instance)["state"] = arguments["state"];
  if (arguments["state"] == "running") boot(account, *instance);
  connect(account, *instance);
  if (instance->contains("manager")) settle_pool(account, (*instance)["manager"]["id"]);
  return std::nullopt;
}

std::optional<Failure> gone(Account& account, const Json& arguments) {
  const std::string id = arguments["id"];
  const Json* instance = account.find(type_name, id);
  if (instance == nullptr) return std::nullopt;
  const Json manager = instance->value("manager", Json::object());
  end_machine(account, id);
  if (manager.contains("id")) settle_pool(account, manager["id"]);
  return std::nullopt;
}

std::optional<Answer> refuse_leaving(const Call& call) {
  if (!is_leaving(*call.object)) return std::nullopt;
  return refuse(409, "Instance " + call.id() + " is already being destroyed");
}

std::optional<Answer> require_state(const Call& call, std::string_view state) {
  if (auto refused = refuse_leaving(call)) return refused;
  if ((*call.object)["state"] == state) return std::nullopt;
  return refuse(409, "Instance " + call.id() + " must be " + std::string(state) + ", but is " +
                         (*call.object)["state"].get<std::string>());
}

Answer delete_instance(Call& call) {
  if (auto refused = refuse_leaving(call)) return *refused;
  if (call.object->contains(".protected"))
    return refuse(403, "Operation destroyInstance on resource " + call.id() +
                           " is forbidden - reason: Protected");
  if (call.object->contains("manager"))
    return refuse(403, "Operation destroyInstance on resource " + call.id() +
                           " is forbidden - reason: Locked by instance pool " +
                           (*call.object)["manager"]["id"].get<std::string>());
  retire_machine(*call.object);
  return accept(call, "instance.gone", {{"id", call.id()}});
}

Answer update_instance(Call& call) {
  if (auto refused = refuse_leaving(call)) return *refused;
  Json changes = call.body;
  if (changes.contains("public-ip-assignment")) {
    const Json& now = (*call.object)["public-ip-assignment"];
    const Json& wanted = changes["public-ip-assignment"];
    if (wanted != now && (now != "inet4" || wanted != "dual"))
      return invalid("public-ip-assignment: can only change from inet4 to dual");
    if (wanted != now)
      changes["ipv6-address"] = "2001:db8::" + call.account.random_id().substr(0, 4);
  }
  return accept_change(call, std::move(changes));
}

Answer reset_field(Call& call) {
  if (call.arguments[1] != "labels") return invalid("field: must be one of: labels");
  if (auto refused = refuse_leaving(call)) return *refused;
  return accept_change(call, {{"labels", nullptr}});
}

Answer start(Call& call) {
  if (auto refused = require_state(call, "stopped")) return *refused;
  (*call.object)["state"] = "starting";
  return accept(call, "instance.up", {{"id", call.id()}, {"state", "running"}});
}

Answer stop(Call& call) {
  if (auto refused = require_state(call, "running")) return *refused;
  (*call.object)["state"] = "stopping";
  return accept_change(call, {{"state", "stopped"}});
}

Answer reboot(Call& call) {
  if (auto refused = require_state(call, "running")) return *refused;
  return accept(call, "instance.up", {{"id", call.id()}, {"state", "running"}});
}

Answer reset(Call& call) {
  if (auto refused = refuse_leaving(call)) return *refused;
  Json changed = *call.object;
  merge(changed, call.body);
  if (auto refused = check_machine(call.account, {{"instance-type", changed["instance-type"]},
                                                  {"template", changed["template"]},
                                                  {"disk-size", changed["disk-size"]}}))
    return *refused;
  merge(*call.object, call.body);
  call.object->erase(".booted");
  (*call.object)["state"] = "starting";
  return accept(call, "instance.up", {{"id", call.id()}, {"state", "running"}});
}

Answer scale(Call& call) {
  if (auto refused = require_state(call, "stopped")) return *refused;
  const auto type = [&](const Json& reference) -> const Json& {
    return *call.account.find("instance-type", reference["id"].get<std::string>());
  };
  const Json& wanted = type(call.body["instance-type"]);
  if (wanted["family"] != type((*call.object)["instance-type"])["family"])
    return invalid("instance-type: must be of the same family");
  if (!wanted["authorized"].get<bool>())
    return refuse(403, "Instance type is not authorized for this account");
  return accept_change(call, call.body);
}

Answer resize_disk(Call& call) {
  if (auto refused = require_state(call, "stopped")) return *refused;
  if (call.body["disk-size"] <= (*call.object)["disk-size"])
    return invalid("disk-size: can only grow");
  return accept_change(call, call.body);
}

Answer enable_tpm(Call& call) {
  if (auto refused = require_state(call, "stopped")) return *refused;
  return accept_change(call, {{"tpm-enabled", true}});
}

Answer add_protection(Call& call) {
  if (auto refused = refuse_leaving(call)) return *refused;
  return accept_change(call, {{".protected", true}});
}

Answer remove_protection(Call& call) {
  if (auto refused = refuse_leaving(call)) return *refused;
  return accept_change(call, {{".protected", nullptr}});
}

Answer reset_password(Call& call) {
  if (auto refused = refuse_leaving(call)) return *refused;
  return accept_change(call, {{".password", call.account.random_word(12)}});
}

Answer reveal_password(Call& call) {
  if (!call.object->contains(".password")) return refuse(404, "No password to reveal");
  return {.body = {{"password", (*call.object)[".password"]}}};
}

constexpr auto name_field = text("name", 1).check(is_host_name);
constexpr auto user_data_field = text("user-data", 1, 32768).check(is_user_data);
constexpr auto assignment_field = word("public-ip-assignment", "dual inet4 none");
constexpr auto disk_size_field = integer("disk-size", 10, 51200);

constexpr std::array create_fields{
    disk_size_field.required(),
    reference("instance-type", "instance-type").required(),
    reference("template", "template").required(),
    name_field,
    labels(),
    user_data_field,
    assignment_field,
    references("security-groups", "security-group"),
    references("anti-affinity-groups", "anti-affinity-group"),
    references("ssh-keys", "ssh-key").by("name"),
    reference("ssh-key", "ssh-key").by("name"),
    reference("deploy-target", "deploy-target"),
    boolean("application-consistent-snapshot-enabled"),
    boolean("auto-start"),
    boolean("secureboot-enabled"),
    boolean("tpm-enabled"),
    boolean("ipv6-enabled"),
};
constexpr std::array update_fields{
    name_field,
    user_data_field,
    assignment_field,
    labels().nullable(),
    boolean("application-consistent-snapshot-enabled"),
};
constexpr std::array start_fields{word("rescue-profile", "netboot netboot-efi")};
constexpr std::array scale_fields{reference("instance-type", "instance-type").required()};
constexpr std::array disk_fields{disk_size_field.required()};
constexpr std::array reset_fields{reference("template", "template"), disk_size_field};
constexpr std::array list_query{
    text("manager-id", 36, 36),
    word("manager-type", "instance-pool"),
    text("ip-address", 1),
    text("labels", 1),
};

// An operation on one instance, "PUT /instance/{id}:verb".
constexpr Route verb(std::string_view path, Handler handler, Span takes,
                     std::span<const Field> fields = {}, Body body = Body::none) {
  return {.method = "PUT",
          .path = path,
          .handler = handler,
          .object = type_name,
          .takes = takes,
          .body = body,
          .fields = fields};
}

constexpr std::array routes{
    Route{.method = "GET", .path = "/instance", .handler = list_instances, .query = list_query},
    Route{.method = "POST",
          .path = "/instance",
          .handler = create_instance,
          .takes = {20, 40},
          .body = Body::required,
          .fields = create_fields},
    Route{.method = "GET", .path = "/instance/{id}", .handler = show_instance, .object = type_name},
    Route{.method = "PUT",
          .path = "/instance/{id}",
          .handler = update_instance,
          .object = type_name,
          .takes = {1, 3},
          .body = Body::required,
          .fields = update_fields},
    Route{.method = "DELETE",
          .path = "/instance/{id}",
          .handler = delete_instance,
          .object = type_name,
          .takes = {5, 15}},
    Route{.method = "DELETE",
          .path = "/instance/{id}/{field}",
          .handler = reset_field,
          .object = type_name,
          .takes = {1, 3}},
    // The document wants a body here; the official Python client sends none.
    verb("/instance/{id}:start", start, {10, 20}, start_fields, Body::optional),
    verb("/instance/{id}:stop", stop, {5, 15}),
    verb("/instance/{id}:reboot", reboot, {10, 20}),
    verb("/instance/{id}:reset", reset, {20, 40}, reset_fields, Body::required),
    verb("/instance/{id}:scale", scale, {2, 5}, scale_fields, Body::required),
    verb("/instance/{id}:resize-disk", resize_disk, {2, 5}, disk_fields, Body::required),
    verb("/instance/{id}:add-protection", add_protection, {1, 2}),
    verb("/instance/{id}:remove-protection", remove_protection, {1, 2}),
    verb("/instance/{id}:reset-password", reset_password, {5, 10}),
    Route{.method = "POST",
          .path = "/instance/{id}:enable-tpm",
          .handler = enable_tpm,
          .object = type_name},
    Route{.method = "GET",
          .path = "/instance/{id}:password",
          .handler = reveal_password,
          .object = type_name},
};
constexpr std::array actions{Action{"instance.up", up}, Action{"instance.gone", gone},
                             Action{"instance.powered-off", powered_off}};

}  // namespace

extern const Type instances;
const Type instances{.routes = routes, .actions = actions};

}  // namespace stackctl::simulator
