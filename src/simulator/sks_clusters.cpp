// Kubernetes clusters (SKS): the control plane. Their node pools: sks_nodepools.cpp.
#include <algorithm>
#include <array>
#include <charconv>

#include "simulator/sks_nodepools.h"
#include "stackctl/crypto.h"
#include "stackctl/text.h"

namespace stackctl::simulator {
namespace {

constexpr std::string_view type_name = "sks-cluster";
constexpr std::array<std::string_view, 3> versions{"1.35.1", "1.34.4", "1.33.8"};

bool is_version(std::string_view text) {
  return std::find(versions.begin(), versions.end(), text) != versions.end();
}

int minor_of(std::string_view version) {
  const std::size_t dot = version.find('.') + 1;
  int minor = 0;
  std::from_chars(version.data() + dot, version.data() + version.size(), minor);
  return minor;
}

Json describe(Account& account, const Json& cluster) {
  Json shown = visible(cluster);
  shown["nodepools"] = nodepools_of(account, cluster["id"].get_ref<const std::string&>());
  return shown;
}

Answer list_clusters(Call& call) {
  Json items = Json::array();
  for (const auto& [id, cluster] : call.account.table(type_name))
    items.push_back(describe(call.account, cluster));
  return {.body = {{"sks-clusters", std::move(items)}}};
}

Answer get_cluster(Call& call) { return {.body = describe(call.account, *call.object)}; }

Answer list_versions(Call&) {
  Json items = Json::array();
  for (const std::string_view version : versions) items.push_back(version);
  return {.body = {{"sks-cluster-versions", std::move(items)}}};
}

// What can be sent, but is not a part of the record.
void normalise(Json& record) {
  if (record.contains("audit")) {
    record["audit"].erase("bearer-token");
    if (!record["audit"].contains("enabled")) record["audit"]["enabled"] = true;
  }
  if (record.value("description", Json()).is_null()) record.erase("description");
  record.erase("networking");
  record.erase("create-default-security-group");
}

std::string add_group(Account& account, const Json& cluster) {
  std::string id = account.random_id();
  account.add("security-group", id,
              {{"id", id},
               {"name", cluster["name"].get<std::string>() + "-default"},
               {"visibility", "private"},
               {"description", "Nodes of " + cluster["name"].get<std::string>()}});
  return id;
}

Answer create_cluster(Call& call) {
  if (!is_version(call.body["version"].get<std::string>()))
    return invalid("version: is not available");
  const std::string id = call.account.random_id();
  Json cluster{{"id", id},
               {"state", "creating"},
               {"created-at", timestamp(call.account.now())},
               {"cni", "calico"},
               {"auto-upgrade", false},
               {"enable-kube-proxy", true},
               {"addons", Json::array()},
               {"feature-gates", Json::array()},
               {"labels", Json::object()},
               {"endpoint", "https://" + id + ".sks-" + call.account.settings().zone + ".exo.io"}};
  merge(cluster, call.body);
  if (cluster.value("create-default-security-group", false))
    cluster["default-security-group-id"] = add_group(call.account, cluster);
  normalise(cluster);
  call.account.add(type_name, id, std::move(cluster));
  return accept(call, type_name, id, "change",
                {{"type", type_name}, {"id", id}, {"changes", {{"state", "running"}}}});
}

std::optional<Answer> require_running(const Call& call) {
  if (!is_leaving(*call.object) && (*call.object)["state"] == "running") return std::nullopt;
  return refuse(409, "The SKS cluster is already being updated");
}

Answer change(Call& call, const char* state, Json changes) {
  (*call.object)["state"] = state;
  changes["state"] = "running";
  return accept_change(call, std::move(changes));
}

Answer update_cluster(Call& call) {
  if (auto refused = require_running(call)) return *refused;
  if (call.body.contains("audit")) {
    Json audit = call.object->value("audit", Json::object());
    merge(audit, call.body["audit"]);
    audit.erase("bearer-token");
    call.body["audit"] = std::move(audit);
  }
  return change(call, "updating", call.body);
}

Answer upgrade(Call& call) {
  if (auto refused = require_running(call)) return *refused;
  const std::string wanted = call.body["version"];
  const std::string present = (*call.object)["version"];
  if (!is_version(wanted)) return invalid("version: is not available");
  const int step = minor_of(wanted) - minor_of(present);
  if (wanted == present || step < 0 || step > 1)
    return invalid("version: an upgrade goes to the next minor version");
  return change(call, "upgrading", {{"version", wanted}});
}

Answer upgrade_level(Call& call) {
  if (auto refused = require_running(call)) return *refused;
  if ((*call.object)["level"] == "pro") return refuse(409, "The service level is already pro");
  return change(call, "updating", {{"level", "pro"}});
}

Answer delete_cluster(Call& call) {
  if ((*call.object)["state"] != "error")
    if (auto refused = require_running(call)) return *refused;
  if (!nodepools_of(call.account, call.id()).empty())
    return refuse(409, "Cannot delete SKS cluster " + call.id() + " while it has nodepools");
  (*call.object)["state"] = "deleting";
  return accept_removal(call);
}

// Of the form that kubectl wants, with credentials that open nothing.
Answer make_kubeconfig(Call& call) {
  const std::string user = call.body["user"];
  const Json config{
      {"apiVersion", "v1"},
      {"kind", "Config"},
      {"current-context", user},
      {"clusters",
       Json::array({{{"name", "cluster"}, {"cluster", {{"server", (*call.object)["endpoint"]}}}}})},
      {"contexts",
       Json::array({{{"name", user}, {"context", {{"cluster", "cluster"}, {"user", user}}}}})},
      {"users", Json::array({{{"name", user}, {"user", {{"token", "simulated"}}}}})}};
  return {.body = {{"kubeconfig", crypto::base64(config.dump())}}};
}

constexpr auto name_field = text("name", 1);
constexpr auto description_field = text("description").nullable();
constexpr auto addons_field = texts("addons").among(
    "exoscale-cloud-controller exoscale-container-storage-interface karpenter metrics-server");
constexpr auto gates_field = texts("feature-gates");
constexpr std::array login_fields{
    text("client-id", 1).required(), text("issuer-url", 1).required(), text("username-claim", 1),
    text("username-prefix", 1),      text("groups-claim", 1),          text("groups-prefix", 1),
    free_object("required-claim"),
};
constexpr auto login_field = object("oidc", login_fields);
constexpr std::array audit_create_fields{text("endpoint", 1).required(),
                                         text("bearer-token", 1, 4096).required(),
                                         text("initial-backoff", 1)};
constexpr std::array audit_update_fields{text("endpoint", 1), text("bearer-token", 1, 4096),
                                         text("initial-backoff", 1), boolean("enabled")};
constexpr std::array networking_fields{
    text("cluster-cidr").check(is_cidr), text("service-cluster-ip-range").check(is_cidr),
    integer("node-cidr-mask-size-ipv4", 0, 32), integer("node-cidr-mask-size-ipv6", 0, 128)};
constexpr std::array create_fields{
    name_field.required(),
    text("version", 1).required(),
    word("level", "starter pro").required(),
    word("cni", "calico cilium"),
    description_field,
    labels(),
    boolean("auto-upgrade"),
    object("networking", networking_fields),
    login_field,
    boolean("create-default-security-group").nullable(),
    boolean("enable-kube-proxy"),
    gates_field,
    addons_field,
    object("audit", audit_create_fields),
};
constexpr std::array update_fields{
    name_field,
    description_field,
    labels(),
    boolean("auto-upgrade"),
    login_field.nullable(),
    boolean("enable-operators-ca"),
    gates_field.nullable(),
    addons_field,
    object("audit", audit_update_fields),
};
constexpr std::array version_fields{text("version", 1).required()};
constexpr std::array kubeconfig_fields{text("user", 1).required(), texts("groups").required(),
                                       integer("ttl", 0, std::numeric_limits<std::int32_t>::max())};
constexpr std::array version_query{text("include-deprecated")};

constexpr std::string_view one_cluster = "/sks-cluster/{id}";
constexpr Route on_cluster(std::string_view method, std::string_view path, Handler handler,
                           Span takes, std::span<const Field> fields = {}) {
  return {.method = method,
          .path = path,
          .handler = handler,
          .object = type_name,
          .takes = takes,
          .body = fields.empty() ? Body::none : Body::required,
          .fields = fields};
}
constexpr std::array routes{
    Route{.method = "GET",
          .path = "/sks-cluster-version",
          .handler = list_versions,
          .query = version_query},
    Route{.method = "GET", .path = "/sks-cluster", .handler = list_clusters},
    Route{.method = "POST",
          .path = "/sks-cluster",
          .handler = create_cluster,
          .takes = {90, 150},
          .body = Body::required,
          .fields = create_fields},
    on_cluster("GET", one_cluster, get_cluster, {}),
    on_cluster("PUT", one_cluster, update_cluster, {5, 20}, update_fields),
    on_cluster("DELETE", one_cluster, delete_cluster, {10, 30}),
    on_cluster("PUT", "/sks-cluster/{id}/upgrade", upgrade, {60, 120}, version_fields),
    on_cluster("PUT", "/sks-cluster/{id}/upgrade-service-level", upgrade_level, {5, 20}),
    on_cluster("POST", "/sks-cluster-kubeconfig/{id}", make_kubeconfig, {}, kubeconfig_fields),
};

}  // namespace

extern const Type sks_clusters;
const Type sks_clusters{.routes = routes};

}  // namespace stackctl::simulator
