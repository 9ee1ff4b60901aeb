// Node pools of Kubernetes clusters: each runs its nodes in an instance pool that it manages.
#include "simulator/sks_nodepools.h"

#include <algorithm>
#include <array>

#include "simulator/machines.h"
#include "simulator/managed_pools.h"
#include "stackctl/crypto.h"

namespace stackctl::simulator {
namespace {

constexpr std::string_view cluster_type = "sks-cluster";
constexpr std::string_view type_name = "sks-nodepool";

// What a node pool hands on to its instance pool.
constexpr const char* pool_settings[] = {
    "anti-affinity-groups", "deploy-target", "disk-size",        "instance-prefix",
    "instance-type",        "name",          "private-networks", "public-ip-assignment",
    "security-groups",      "size",
};

// All nodes run the newest public image of one kind.
std::string node_image(Account& account) {
  const Json* newest = nullptr;
  for (const auto& [id, image] : account.table("template")) {
    if (image.value("visibility", "") != "public" || image.value("family", "") != "ubuntu")
      continue;
    if (newest == nullptr || image.value("build", "") > newest->value("build", "")) newest = &image;
  }
  return newest == nullptr ? "" : (*newest)["id"].get<std::string>();
}

std::string pool_of(const Json& nodepool) { return nodepool["instance-pool"]["id"]; }

Json* find_nodepool(Call& call) {
  Json* nodepool = call.account.find(type_name, call.arguments[1]);
  return nodepool != nullptr && (*nodepool)[".cluster"] == call.id() ? nodepool : nullptr;
}

Answer missing(const Call& call) {
  return refuse(404, "sks-nodepool " + call.arguments[1] + " not found");
}

// The node pool of the path, unless it is at work.
std::optional<Answer> require_idle(Call& call, Json*& nodepool) {
  nodepool = find_nodepool(call);
  if (nodepool == nullptr) return missing(call);
  if ((*nodepool)["state"] == "running") return std::nullopt;
  return refuse(409, "The nodepool is already being updated");
}

Answer accept_about(Call& call, const std::string& nodepool, std::string_view action,
                    Json arguments) {
  arguments["id"] = nodepool;
  const Reference reference{nodepool, "/sks-cluster/" + call.id() + "/nodepool/" + nodepool,
                            "get-sks-nodepool"};
  return accept(call, reference, action, std::move(arguments));
}

std::optional<Answer> check_taints(const Json& body) {
  const Json taints = body.value("taints", Json::object());
  for (const auto& [name, taint] : taints.items()) {
    const Json effect = taint.is_object() ? taint.value("effect", Json()) : Json();
    const bool is_known =
        effect == "NoSchedule" || effect == "PreferNoSchedule" || effect == "NoExecute";
    if (!is_known || taint.size() != 2 || !taint.contains("value") || !taint["value"].is_string())
      return invalid("taints." + name + ": must have a value and an effect");
  }
  return std::nullopt;
}

Json settings_of(Account& account, const Json& nodepool) {
  Json settings{{"template", {{"id", node_image(account)}}},
                {"user-data", crypto::base64("#cloud-config\n")}};
  for (const char* name : pool_settings)
    if (nodepool.contains(name)) settings[name] = nodepool[name];
  return settings;
}

Answer create_nodepool(Call& call) {
  if (is_leaving(*call.object) || (*call.object)["state"] != "running")
    return refuse(409, "The SKS cluster is not running");
  if (auto refused = check_taints(call.body)) return *refused;
  const std::string id = call.account.random_id();
  Json nodepool{{"id", id},
                {"state", "creating"},
                {"created-at", timestamp(call.account.now())},
                {"version", (*call.object)["version"]},
                {"instance-prefix", "pool"},
                {"public-ip-assignment", "inet4"},
                {".cluster", call.id()}};
  merge(nodepool, call.body);
  Json settings = settings_of(call.account, nodepool);
  if (auto refused = check_machine(call.account, settings)) return *refused;
  nodepool["template"] = settings["template"];
  nodepool["instance-pool"] = {{"id", add_managed_pool(call.account, std::move(settings),
                                                       {{"id", id}, {"type", type_name}})}};
  call.account.add(type_name, id, std::move(nodepool));
  return accept_about(call, id, "nodepool.changed", {{"changes", Json::object()}});
}

// {id, changes}
std::optional<Failure> changed(Account& account, const Json& arguments) {
  Json* nodepool = account.find(type_name, arguments["id"].get<std::string>());
  if (nodepool == nullptr || is_leaving(*nodepool))
    return Failure{"interrupted", "The nodepool was deleted meanwhile"};
  merge(*nodepool, arguments["changes"]);
  (*nodepool)["state"] = "running";
  return std::nullopt;
}

Answer get_nodepool(Call& call) {
  const Json* nodepool = find_nodepool(call);
  return nodepool == nullptr ? missing(call) : Answer{.body = visible(*nodepool)};
}

Answer update_nodepool(Call& call) {
  Json* nodepool = nullptr;
  if (auto refused = require_idle(call, nodepool)) return *refused;
  if (auto refused = check_taints(call.body)) return *refused;
  Json whole = *nodepool;
  merge(whole, call.body);
  const Json settings = settings_of(call.account, whole);
  if (auto refused = check_machine(call.account, settings)) return *refused;
  (*nodepool)["state"] = "updating";
  update_managed_pool(call.account, pool_of(*nodepool), settings);
  return accept_about(call, call.arguments[1], "nodepool.changed", {{"changes", call.body}});
}

Answer scale(Call& call) {
  Json* nodepool = nullptr;
  if (auto refused = require_idle(call, nodepool)) return *refused;
  (*nodepool)["state"] = "scaling";
  scale_managed_pool(call.account, pool_of(*nodepool), call.body["size"]);
  return accept_about(call, call.arguments[1], "nodepool.changed", {{"changes", call.body}});
}

Answer evict(Call& call) {
  Json* nodepool = nullptr;
  if (auto refused = require_idle(call, nodepool)) return *refused;
  const Json& victims = call.body["instances"];
  if (victims.empty()) return invalid("instances: must not be empty");
  const std::vector<std::string> members = pool_members(call.account, pool_of(*nodepool), false);
  for (const Json& id : victims)
    if (std::find(members.begin(), members.end(), id.get<std::string>()) == members.end())
      return refuse(404, "instance " + id.get<std::string>() + " not found in the nodepool");
  (*nodepool)["state"] = "scaling";
  evict_managed_members(call.account, pool_of(*nodepool), victims);
  const auto size = (*nodepool)["size"].get<std::int64_t>();
  const Json changes{{"size", size - static_cast<std::int64_t>(victims.size())}};
  return accept_about(call, call.arguments[1], "nodepool.changed", {{"changes", changes}});
}

Answer delete_nodepool(Call& call) {
  Json* nodepool = nullptr;
  if (auto refused = require_idle(call, nodepool)) return *refused;
  (*nodepool)["state"] = "deleting";
  (*nodepool)[".leaving"] = true;
  remove_managed_pool(call.account, pool_of(*nodepool));
  return accept_about(call, call.arguments[1], "remove", {{"type", type_name}});
}

Answer get_template(Call& call) {
  if (call.arguments[1] != "standard" && call.arguments[1] != "nvidia")
    return invalid("variant: must be one of: standard nvidia");
  return {.body = {{"active-template", node_image(call.account)}}};
}

constexpr auto most = std::numeric_limits<std::int32_t>::max();
constexpr auto name_field = text("name", 1);
constexpr auto type_field = reference("instance-type", "instance-type");
constexpr auto disk_field = integer("disk-size", 20, 51200);
constexpr auto prefix_field = text("instance-prefix", 1, 30).check(is_host_name);
constexpr auto target_field = reference("deploy-target", "deploy-target");
constexpr auto placement_field =
    references("anti-affinity-groups", "anti-affinity-group").at_most(8);
constexpr auto groups_field = references("security-groups", "security-group").at_most(16);
constexpr auto networks_field = references("private-networks", "private-network").at_most(16);
constexpr auto assignment_field = word("public-ip-assignment", "inet4 dual");
constexpr auto taints_field = free_object("taints");
constexpr std::array collection_fields{integer("high-threshold", 0, most),
                                       integer("low-threshold", 0, most), text("min-age")};
constexpr auto collection_field = object("kubelet-image-gc", collection_fields);
constexpr std::array create_fields{
    name_field.required(),
    type_field.required(),
    disk_field.required(),
    integer("size", 1, most).required(),
    text("description"),
    labels(),
    taints_field,
    prefix_field,
    target_field,
    placement_field,
    groups_field,
    networks_field,
    assignment_field,
    collection_field,
    texts("addons").among("storage-lvm"),
};
constexpr std::array update_fields{
    name_field,
    type_field,
    disk_field,
    text("description"),
    labels(),
    taints_field,
    prefix_field,
    placement_field,
    groups_field,
    networks_field,
    assignment_field,
    collection_field,
    target_field.nullable(),
};
constexpr std::array scale_fields{integer("size", 0, most).required()};
constexpr std::array evict_fields{ids("instances").required()};

constexpr Route on_cluster(std::string_view method, std::string_view path, Handler handler,
                           Span takes, std::span<const Field> fields = {}) {
  return {.method = method,
          .path = path,
          .handler = handler,
          .object = cluster_type,
          .takes = takes,
          .body = fields.empty() ? Body::none : Body::required,
          .fields = fields};
}
constexpr std::string_view one_nodepool = "/sks-cluster/{id}/nodepool/{sks-nodepool-id}";
constexpr std::array routes{
    on_cluster("POST", "/sks-cluster/{id}/nodepool", create_nodepool, {50, 90}, create_fields),
    on_cluster("GET", one_nodepool, get_nodepool, {}),
    on_cluster("PUT", one_nodepool, update_nodepool, {5, 15}, update_fields),
    on_cluster("DELETE", one_nodepool, delete_nodepool, {20, 40}),
    on_cluster("PUT", "/sks-cluster/{id}/nodepool/{sks-nodepool-id}:scale", scale, {30, 60},
               scale_fields),
    on_cluster("PUT", "/sks-cluster/{id}/nodepool/{sks-nodepool-id}:evict", evict, {20, 40},
               evict_fields),
    Route{.method = "GET", .path = "/sks-template/{version}/{variant}", .handler = get_template},
};
constexpr std::array actions{Action{"nodepool.changed", changed}};

}  // namespace

Json nodepools_of(Account& account, std::string_view cluster) {
  Json items = Json::array();
  for (const auto& [id, nodepool] : account.table(type_name))
    if (nodepool[".cluster"] == cluster) items.push_back(visible(nodepool));
  return items;
}

extern const Type sks_nodepools;
const Type sks_nodepools{.routes = routes, .actions = actions};

}  // namespace stackctl::simulator
