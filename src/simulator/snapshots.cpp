// Snapshots of instances: reverted to, exported, made into templates. They outlive the instance.
#include <array>

#include "simulator/type.h"
#include "stackctl/crypto.h"

namespace stackctl::simulator {
namespace {

constexpr std::string_view type_name = "snapshot";
constexpr std::string_view instance_type = "instance";
constexpr std::size_t longest_prefix = 200;
constexpr std::int64_t gibibyte = std::int64_t{1} << 30U;

// What the template needs to know of the disk, kept beside the snapshot: the instance may be gone.
constexpr const char* kept_of_template[] = {
    "boot-mode", "default-user", "family", "password-enabled", "ssh-key-enabled", "version",
};

std::optional<Answer> refuse_instance(const Call& call) {
  const std::string state = (*call.object)["state"];
  if (state == "running" || state == "stopped") return std::nullopt;
  return refuse(409, "Instance " + call.id() + " is " + state);
}

Json origin_of(Account& account, const Json& instance) {
  Json origin = Json::object();
  const Json* image = account.find("template", instance["template"]["id"].get<std::string>());
  if (image == nullptr) return origin;
  for (const char* name : kept_of_template)
    if (image->contains(name)) origin[name] = (*image)[name];
  return origin;
}

Answer create_snapshot(Call& call) {
  if (auto refused = refuse_instance(call)) return *refused;
  const Json& instance = *call.object;
  const std::string id = call.account.random_id();
  const std::string now = timestamp(call.account.now());
  call.account.add(
      type_name, id,
      {{"id", id},
       {"name", instance["name"].get<std::string>().substr(0, longest_prefix) + "_" + now},
       {"created-at", now},
       {"state", "snapshotting"},
       {"size", instance["disk-size"]},
       {"instance", {{"id", call.id()}}},
       {".origin", origin_of(call.account, instance)}});
  return accept(call, type_name, id, "change",
                {{"type", type_name}, {"id", id}, {"changes", {{"state", "ready"}}}});
}

Answer list_snapshots(Call& call) { return list(call, type_name, "snapshots"); }

bool is_ready(const Json& snapshot) {
  return snapshot["state"] == "ready" || snapshot["state"] == "exported";
}

std::optional<Answer> require_ready(const Json& snapshot) {
  if (is_ready(snapshot)) return std::nullopt;
  return refuse(409, "Snapshot " + snapshot["id"].get<std::string>() + " is " +
                         snapshot["state"].get<std::string>());
}

Answer delete_snapshot(Call& call) {
  if ((*call.object)["state"] != "error")
    if (auto refused = require_ready(*call.object)) return *refused;
  (*call.object)["state"] = "deleting";
  return accept_removal(call);
}

// The address and the checksum are there when the operation has ended.
Answer export_snapshot(Call& call) {
  if (auto refused = require_ready(*call.object)) return *refused;
  const std::string url =
      "https://sos-" + call.account.settings().zone + ".exo.io/exports/" + call.id() +
      ".qcow2?X-Amz-Expires=3600&X-Amz-Signature=" + call.account.random_word(40);
  (*call.object)["state"] = "exporting";
  const Json exported{{"presigned-url", url}, {"md5sum", crypto::hex(crypto::md5(call.id()))}};
  return accept_change(call, {{"state", "exported"}, {"export", exported}});
}

// The operation refers to the template, which appears when it ends.
Answer promote(Call& call) {
  if (auto refused = require_ready(*call.object)) return *refused;
  Json image = (*call.object)[".origin"];
  for (const char* name : {"ssh-key-enabled", "password-enabled"})
    if (!image.contains(name)) image[name] = true;
  if (!image.contains("boot-mode")) image["boot-mode"] = "legacy";
  merge(image, call.body);
  const std::string id = call.account.random_id();
  image["id"] = id;
  image["visibility"] = "private";
  image["size"] = (*call.object)["size"].get<std::int64_t>() * gibibyte;
  image["zones"] = Json::array({call.account.settings().zone});
  image["checksum"] = crypto::hex(crypto::md5(call.id()));
  return accept(call, "template", id, "snapshot.promoted",
                {{"snapshot", call.id()}, {"template", std::move(image)}});
}

// {snapshot, template}
std::optional<Failure> promoted(Account& account, const Json& arguments) {
  const Json* snapshot = account.find(type_name, arguments["snapshot"].get<std::string>());
  if (snapshot == nullptr || is_leaving(*snapshot))
    return Failure{"interrupted", "The snapshot was deleted meanwhile"};
  Json image = arguments["template"];
  image["created-at"] = timestamp(account.now());
  account.add("template", image["id"], image);
  return std::nullopt;
}

Answer revert(Call& call) {
  if ((*call.object)["state"] != "stopped")
    return refuse(409, "Instance " + call.id() + " must be stopped");
  const std::string id = call.body["id"];
  const Json* snapshot = call.account.find(type_name, id);
  if (snapshot == nullptr || is_leaving(*snapshot) || (*snapshot)["instance"]["id"] != call.id())
    return refuse(404, "snapshot " + id + " of instance " + call.id() + " not found");
  if (auto refused = require_ready(*snapshot)) return *refused;
  return accept_change(call, {{"disk-size", (*snapshot)["size"]}});
}

constexpr std::array promote_fields{
    text("name", 1).required(), text("description", 0, 4096), text("default-user", 1),
    boolean("ssh-key-enabled"), boolean("password-enabled"),
};
constexpr std::array revert_fields{text("id", 36, 36).required()};

constexpr std::array routes{
    Route{.method = "POST",
          .path = "/instance/{id}:create-snapshot",
          .handler = create_snapshot,
          .object = instance_type,
          .takes = {15, 40}},
    Route{.method = "POST",
          .path = "/instance/{id}:revert-snapshot",
          .handler = revert,
          .object = instance_type,
          .takes = {10, 30},
          .body = Body::required,
          .fields = revert_fields},
    Route{.method = "GET", .path = "/snapshot", .handler = list_snapshots},
    Route{.method = "GET", .path = "/snapshot/{id}", .handler = show, .object = type_name},
    Route{.method = "DELETE",
          .path = "/snapshot/{id}",
          .handler = delete_snapshot,
          .object = type_name,
          .takes = {3, 8}},
    Route{.method = "POST",
          .path = "/snapshot/{id}:export",
          .handler = export_snapshot,
          .object = type_name,
          .takes = {30, 90}},
    Route{.method = "POST",
          .path = "/snapshot/{id}:promote",
          .handler = promote,
          .object = type_name,
          .takes = {30, 90},
          .body = Body::required,
          .fields = promote_fields},
};
constexpr std::array actions{Action{"snapshot.promoted", promoted}};

}  // namespace

extern const Type snapshots;
const Type snapshots{.routes = routes, .actions = actions};

}  // namespace stackctl::simulator
