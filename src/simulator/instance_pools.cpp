// Instance pools: a wanted number of equal instances, which come and go on their own.
#include <algorithm>
#include <array>

#include "simulator/machines.h"
#include "simulator/managed_pools.h"

namespace stackctl::simulator {
namespace {

constexpr std::string_view type_name = "instance-pool";
constexpr Span boot_time{20, 40};
constexpr Span end_time{5, 15};

// What an update clears when it leaves it out: a trap of the API that clients must know.
constexpr const char* cleared_when_left_out[] = {
    "anti-affinity-groups", "deploy-target", "elastic-ips", "private-networks", "security-groups",
};

// What "DELETE /instance-pool/{id}/{field}" accepts.
constexpr std::string_view resettable[] = {
    "anti-affinity-groups",
    "deploy-target",
    "description",
    "elastic-ips",
    "ipv6-enabled",
    "labels",
    "private-networks",
    "security-groups",
    "ssh-key",
    "user-data",
};

Json describe(Account& account, const Json& pool) {
  Json shown = visible(pool);
  shown["instances"] = Json::array();
  for (const std::string& id :
       pool_members(account, shown["id"].get_ref<const std::string&>(), false))
    shown["instances"].push_back({{"id", id}});
  // The document allows no size below 1 in an answer, though a pool can be scaled to 0.
  if (shown["size"] == 0) shown.erase("size");
  return shown;
}

Answer list_pools(Call& call) {
  Json items = Json::array();
  for (const auto& [id, pool] : call.account.table(type_name))
    items.push_back(describe(call.account, pool));
  return {.body = {{"instance-pools", std::move(items)}}};
}

Answer get_pool(Call& call) { return {.body = describe(call.account, *call.object)}; }

void add_member(Account& account, const Json& pool) {
  const std::string name = pool["instance-prefix"].get<std::string>() +
                           pool[".infix"].get<std::string>() + account.random_word(5);
  const std::string id = add_machine(account, pool, name);
  (*account.find("instance", id))["manager"] = {{"id", pool["id"]}, {"type", type_name}};
  account.schedule(boot_time, {"instance.up", {{"id", id}, {"state", "running"}}, ""});
}

void remove_member(Account& account, const std::string& id) {
  retire_machine(*account.find("instance", id));
  account.schedule(end_time, {"instance.gone", {{"id", id}}, ""});
}

// Begins what makes the members as many as wanted.
void reconcile(Account& account, const std::string& id) {
  Json& pool = *account.find(type_name, id);
  const auto wanted = pool["size"].get<std::size_t>();
  std::vector<std::string> members = pool_members(account, id, false);
  for (; members.size() > wanted; members.pop_back()) remove_member(account, members.back());
  for (std::size_t i = members.size(); i < wanted; ++i) add_member(account, pool);
  settle_pool(account, id);
}

// No null and no empty text stays in a record: the answers must not have them.
void normalise(Json& settings) {
  if (settings.value("description", "").empty()) settings.erase("description");
  unify_ssh_keys(settings);
}

Answer create_pool(Call& call) {
  if (auto refused = check_machine(call.account, call.body)) return *refused;
  const std::string id = call.account.random_id();
  Json pool = std::move(call.body);
  normalise(pool);
  pool["id"] = id;
  pool["state"] = "creating";
  if (!pool.contains("instance-prefix")) pool["instance-prefix"] = "pool";
  if (!pool.contains("public-ip-assignment"))
    pool["public-ip-assignment"] = pool.value("ipv6-enabled", false) ? "dual" : "inet4";
  if (!pool.contains("min-available")) pool["min-available"] = 0;
  pool[".infix"] = "-" + call.account.random_word(5) + "-";
  call.account.add(type_name, id, std::move(pool));
  return accept(call, type_name, id, "pool.created", {{"id", id}});
}

// {id}: the operation is over, the members only begin to boot.
std::optional<Failure> created(Account& account, const Json& arguments) {
  Json* pool = account.find(type_name, arguments["id"].get<std::string>());
  if (pool == nullptr || is_leaving(*pool))
    return Failure{"interrupted", "The instance pool was deleted meanwhile"};
  (*pool)["state"] = "scaling-up";
  reconcile(account, arguments["id"]);
  return std::nullopt;
}

std::optional<Answer> refuse_leaving(const Call& call) {
  if (call.object->contains("manager"))
    return refuse(409, "The instance pool is managed: change its manager instead");
  if (!is_leaving(*call.object)) return std::nullopt;
  return refuse(409, "The instance pool is already being destroyed.");
}

std::optional<Answer> refuse_locked(Call& call) {
  for (const auto& [id, balancer] : call.account.table("load-balancer"))
    for (const Json& service : balancer["services"])
      if (service["instance-pool"]["id"] == call.id())
        return refuse(403, "Operation destroyInstancePool on resource " + call.id() +
                               " is forbidden - reason: Locked by NLB " + id);
  return std::nullopt;
}

Answer delete_pool(Call& call) {
  if (auto refused = refuse_leaving(call)) return *refused;
  if (auto refused = refuse_locked(call)) return *refused;
  (*call.object)["state"] = "destroying";
  (*call.object)[".leaving"] = true;
  for (const std::string& id : pool_members(call.account, call.id(), false))
    remove_member(call.account, id);
  return accept(call, "pool.destroyed", {{"id", call.id()}});
}

// {id}: members go first; their events lie before this one, or at the same moment.
std::optional<Failure> destroyed(Account& account, const Json& arguments) {
  const std::string id = arguments["id"];
  for (const std::string& member : pool_members(account, id, true)) end_machine(account, member);
  account.erase(type_name, id);
  return std::nullopt;
}

// The update as it takes effect: with nulls for what it leaves out and thereby clears.
Json with_clearings(Json changes) {
  for (const char* name : cleared_when_left_out)
    if (!changes.contains(name)) changes[name] = nullptr;
  const bool has_key = changes.contains("ssh-key") && !changes["ssh-key"].is_null();
  const bool has_keys = changes.contains("ssh-keys") && !changes["ssh-keys"].is_null();
  if (!has_key) changes["ssh-key"] = nullptr;
  if (!has_keys) changes["ssh-keys"] = nullptr;
  return changes;
}

// Ends the change with the members attached as the pool says, and no more as it said before.
Answer accept_update(Call& call, const Json& before) {
  Json attached = Json::object();
  for (const char* list : {"elastic-ips", "private-networks"})
    attached[list] = before.value(list, Json::array());
  return accept(call, "pool.updated", {{"id", call.id()}, {"before", std::move(attached)}});
}

Answer update_pool(Call& call) {
  if (auto refused = refuse_leaving(call)) return *refused;
  Json& pool = *call.object;
  if (call.body.contains("public-ip-assignment") && pool["public-ip-assignment"] == "none")
    return invalid("public-ip-assignment: none is final");
  Json changed = pool;
  merge(changed, with_clearings(call.body));
  if (auto refused = check_machine(call.account, changed)) return *refused;
  normalise(changed);
  if (!changed.contains("instance-prefix")) changed["instance-prefix"] = "pool";
  if (!changed.contains("min-available")) changed["min-available"] = 0;
  changed["state"] = "updating";
  std::swap(pool, changed);
  return accept_update(call, changed);
}

// {id, before}: running members keep what they were made from; only new ones get the new settings.
// Networks and addresses are attached to all.
std::optional<Failure> updated(Account& account, const Json& arguments) {
  const std::string id = arguments["id"];
  const Json* pool = account.find(type_name, id);
  if (pool == nullptr || is_leaving(*pool))
    return Failure{"interrupted", "The instance pool was deleted meanwhile"};
  for (const std::string& member : pool_members(account, id, false))
    connect_machine(account, *account.find("instance", member), arguments["before"], *pool);
  settle_pool(account, id);
  return std::nullopt;
}

Answer reset_field(Call& call) {
  const std::string& field = call.arguments[1];
  if (std::find(std::begin(resettable), std::end(resettable), field) == std::end(resettable))
    return invalid("field: " + field + " cannot be reset");
  if (auto refused = refuse_leaving(call)) return *refused;
  Json changes{{field, nullptr}};
  if (field == "ssh-key") changes["ssh-keys"] = nullptr;
  const Json before = *call.object;
  merge(*call.object, changes);
  return accept_update(call, before);
}

Answer scale(Call& call) {
  if (auto refused = refuse_leaving(call)) return *refused;
  const auto wanted = call.body["size"].get<std::int64_t>();
  const auto now = (*call.object)["size"].get<std::int64_t>();
  if (wanted != now) (*call.object)["state"] = wanted > now ? "scaling-up" : "scaling-down";
  return accept(call, "pool.scaled", {{"id", call.id()}, {"size", wanted}});
}

std::optional<Failure> scaled(Account& account, const Json& arguments) {
  Json* pool = account.find(type_name, arguments["id"].get<std::string>());
  if (pool == nullptr || is_leaving(*pool))
    return Failure{"interrupted", "The instance pool was deleted meanwhile"};
  (*pool)["size"] = arguments["size"];
  reconcile(account, arguments["id"]);
  return std::nullopt;
}

Answer evict(Call& call) {
  if (auto refused = refuse_leaving(call)) return *refused;
  if (call.body["instances"].empty()) return invalid("instances: must not be empty");
  const std::vector<std::string> members = pool_members(call.account, call.id(), false);
  for (const Json& id : call.body["instances"])
    if (std::find(members.begin(), members.end(), id.get<std::string>()) == members.end())
      return refuse(404, "instance " + id.get<std::string>() + " not found in the instance pool");
  (*call.object)["state"] = "scaling-down";
  return accept(call, "pool.evicted", {{"id", call.id()}, {"instances", call.body["instances"]}});
}

std::optional<Failure> evicted(Account& account, const Json& arguments) {
  const std::string id = arguments["id"];
  Json* pool = account.find(type_name, id);
  if (pool == nullptr || is_leaving(*pool))
    return Failure{"interrupted", "The instance pool was deleted meanwhile"};
  for (const Json& member : arguments["instances"]) {
    const Json* instance = account.find("instance", member.get<std::string>());
    if (instance == nullptr || is_leaving(*instance)) continue;
    remove_member(account, member);
    (*pool)["size"] = (*pool)["size"].get<std::int64_t>() - 1;
  }
  reconcile(account, id);
  return std::nullopt;
}

constexpr auto maximum = std::numeric_limits<std::int32_t>::max();
constexpr auto name_field = text("name", 1);
constexpr auto user_data_field = text("user-data", 1, 32768).check(is_user_data);
constexpr auto prefix_field = text("instance-prefix", 1, 30).check(is_host_name);
constexpr auto type_field = reference("instance-type", "instance-type");
constexpr auto template_field = reference("template", "template");
constexpr auto disk_size_field = integer("disk-size", 10, 51200);
constexpr auto available_field = integer("min-available", 0, maximum);
constexpr auto groups_field = references("security-groups", "security-group");
constexpr auto placement_field = references("anti-affinity-groups", "anti-affinity-group");
constexpr auto networks_field = references("private-networks", "private-network");
constexpr auto addresses_field = references("elastic-ips", "elastic-ip");
constexpr auto keys_field = references("ssh-keys", "ssh-key").by("name");
constexpr auto key_field = reference("ssh-key", "ssh-key").by("name");
constexpr auto target_field = reference("deploy-target", "deploy-target");

constexpr std::array create_fields{
    name_field.required(),
    integer("size", 1, maximum).required(),
    type_field.required(),
    template_field.required(),
    disk_size_field.required(),
    text("description"),
    labels(),
    available_field,
    prefix_field,
    keys_field,
    key_field,
    groups_field,
    networks_field,
    addresses_field,
    placement_field,
    target_field,
    user_data_field,
    word("public-ip-assignment", "dual inet4 none"),
    boolean("ipv6-enabled"),
    boolean("application-consistent-snapshot-enabled"),
};
constexpr std::array update_fields{
    name_field,
    type_field,
    template_field,
    disk_size_field,
    text("description"),
    labels(),
    available_field.nullable(),
    prefix_field.nullable(),
    keys_field.nullable(),
    key_field.nullable(),
    groups_field.nullable(),
    networks_field.nullable(),
    addresses_field.nullable(),
    placement_field.nullable(),
    target_field.nullable(),
    user_data_field.nullable(),
    word("public-ip-assignment", "dual inet4"),
    boolean("ipv6-enabled"),
    boolean("application-consistent-snapshot-enabled"),
};
constexpr std::array scale_fields{integer("size", 0, maximum).required()};
constexpr std::array evict_fields{ids("instances").required()};

constexpr std::array routes{
    Route{.method = "GET", .path = "/instance-pool", .handler = list_pools},
    Route{.method = "POST",
          .path = "/instance-pool",
          .handler = create_pool,
          .takes = {4, 6},
          .body = Body::required,
          .fields = create_fields},
    Route{.method = "GET", .path = "/instance-pool/{id}", .handler = get_pool, .object = type_name},
    Route{.method = "PUT",
          .path = "/instance-pool/{id}",
          .handler = update_pool,
          .object = type_name,
          .takes = {2, 4},
          .body = Body::required,
          .fields = update_fields},
    Route{.method = "DELETE",
          .path = "/instance-pool/{id}",
          .handler = delete_pool,
          .object = type_name,
          .takes = {end_time.longest, end_time.longest + 10}},
    Route{.method = "DELETE",
          .path = "/instance-pool/{id}/{field}",
          .handler = reset_field,
          .object = type_name,
          .takes = {2, 4}},
    Route{.method = "PUT",
          .path = "/instance-pool/{id}:scale",
          .handler = scale,
          .object = type_name,
          .takes = {2, 5},
          .body = Body::required,
          .fields = scale_fields},
    Route{.method = "PUT",
          .path = "/instance-pool/{id}:evict",
          .handler = evict,
          .object = type_name,
          .takes = {2, 5},
          .body = Body::required,
          .fields = evict_fields},
};
constexpr std::array actions{
    Action{"pool.created", created},     Action{"pool.updated", updated},
    Action{"pool.scaled", scaled},       Action{"pool.evicted", evicted},
    Action{"pool.destroyed", destroyed},
};

}  // namespace

std::string add_managed_pool(Account& account, Json settings, const Json& manager) {
  std::string id = account.random_id();
  settings["id"] = id;
  settings["state"] = "scaling-up";
  settings["manager"] = manager;
  settings["min-available"] = 0;
  settings[".infix"] = "-" + account.random_word(5) + "-";
  account.add(type_name, id, std::move(settings));
  reconcile(account, id);
  return id;
}

void update_managed_pool(Account& account, const std::string& id, const Json& changes) {
  merge(*account.find(type_name, id), changes);
}

void scale_managed_pool(Account& account, const std::string& id, std::int64_t size) {
  scaled(account, {{"id", id}, {"size", size}});
}

void evict_managed_members(Account& account, const std::string& id, const Json& members) {
  evicted(account, {{"id", id}, {"instances", members}});
}

void remove_managed_pool(Account& account, const std::string& id) {
  (*account.find(type_name, id))["state"] = "destroying";
  (*account.find(type_name, id))[".leaving"] = true;
  for (const std::string& member : pool_members(account, id, false)) remove_member(account, member);
  account.schedule({end_time.longest, end_time.longest}, {"pool.destroyed", {{"id", id}}, ""});
}

extern const Type instance_pools;
const Type instance_pools{.routes = routes, .actions = actions};

}  // namespace stackctl::simulator
