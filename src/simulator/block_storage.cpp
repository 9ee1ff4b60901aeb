// Block storage volumes. Each is attached to one instance at most. Their snapshots:
// block_storage_snapshots.cpp.
#include <algorithm>
#include <array>

#include "simulator/type.h"

namespace stackctl::simulator {
namespace {

constexpr std::string_view type_name = "block-storage";
constexpr std::int64_t largest_size = 10'240;  // GiB
constexpr std::int64_t block_size = 4096;
constexpr int most_volumes_of_instance = 5;

Json describe(Account& account, const Json& volume) {
  Json shown = visible(volume);
  shown["block-storage-snapshots"] = Json::array();
  for (const auto& [id, snapshot] : account.table("block-storage-snapshot"))
    if (snapshot["block-storage-volume"]["id"] == shown["id"])
      shown["block-storage-snapshots"].push_back({{"id", id}});
  return shown;
}

std::string holder_of(const Json& volume) {
  return volume.value("instance", Json::object()).value("id", "");
}

Answer list_volumes(Call& call) {
  const auto instance = http::find(call.query, "instance-id");
  Json items = Json::array();
  for (const auto& [id, volume] : call.account.table(type_name))
    if (!instance || holder_of(volume) == *instance)
      items.push_back(describe(call.account, volume));
  return {.body = {{"block-storage-volumes", std::move(items)}}};
}

Answer get_volume(Call& call) { return {.body = describe(call.account, *call.object)}; }

// Without a size the volume is as large as the one that the snapshot was made of.
std::optional<Answer> complete_size(Call& call) {
  Json& volume = call.body;
  if (!volume.contains("block-storage-snapshot")) {
    if (volume.contains("size")) return std::nullopt;
    return invalid("size: missing, and there is no block-storage-snapshot");
  }
  const std::string id = volume["block-storage-snapshot"]["id"];
  const Json& snapshot = *call.account.find("block-storage-snapshot", id);
  if (snapshot["state"] != "created")
    return refuse(409, "Block storage snapshot " + id + " is not created yet");
  if (!volume.contains("size")) volume["size"] = snapshot["volume-size"];
  if (volume["size"] < snapshot["volume-size"])
    return invalid("size: must not be below the size of the snapshot's volume");
  return std::nullopt;
}

Answer create_volume(Call& call) {
  if (auto refused = complete_size(call)) return *refused;
  const std::string id = call.account.random_id();
  Json volume = std::move(call.body);
  volume.erase("block-storage-snapshot");
  if (volume.value("name", "").empty()) volume.erase("name");
  volume["id"] = id;
  volume["state"] = "creating";
  volume["blocksize"] = block_size;
  volume["created-at"] = timestamp(call.account.now());
  call.account.add(type_name, id, std::move(volume));
  return accept(call, type_name, id, "change",
                {{"type", type_name}, {"id", id}, {"changes", {{"state", "detached"}}}});
}

std::optional<Answer> refuse_leaving(const Call& call) {
  if (!is_leaving(*call.object)) return std::nullopt;
  return refuse(409, "The volume is already being deleted");
}

Answer update_volume(Call& call) {
  if (auto refused = refuse_leaving(call)) return *refused;
  if (call.body.contains("name") && call.body["name"] == Json("")) call.body["name"] = nullptr;
  return accept_change(call, std::move(call.body));
}

std::optional<Answer> require_detached(const Call& call) {
  if (auto refused = refuse_leaving(call)) return *refused;
  const std::string state = (*call.object)["state"];
  if (state == "detached") return std::nullopt;
  return refuse(409, "Volume " + call.id() + " must be detached, but is " + state);
}

Answer delete_volume(Call& call) {
  if ((*call.object)["state"] != "error")
    if (auto refused = require_detached(call)) return *refused;
  (*call.object)["state"] = "deleting";
  return accept_removal(call);
}

std::optional<Answer> refuse_holder(Account& account, const std::string& id) {
  const Json& instance = *account.find("instance", id);
  const Json* type =
      account.find("instance-type", instance["instance-type"]["id"].get<std::string>());
  if (type != nullptr && ((*type)["size"] == "micro" || (*type)["size"] == "tiny"))
    return invalid("Request restricted: Instance size must be at least small");
  const Table& volumes = account.table(type_name);
  const auto held = std::count_if(volumes.begin(), volumes.end(),
                                  [&](const auto& entry) { return holder_of(entry.second) == id; });
  if (held < most_volumes_of_instance) return std::nullopt;
  return refuse(409, "Instance " + id + " cannot hold more volumes");
}

Answer attach(Call& call) {
  if (auto refused = require_detached(call)) return *refused;
  if (auto refused = refuse_holder(call.account, call.body["instance"]["id"])) return *refused;
  (*call.object)["state"] = "attaching";
  (*call.object)["instance"] = call.body["instance"];
  return accept(call, "volume.attached", {{"id", call.id()}});
}

Answer detach(Call& call) {
  if (auto refused = refuse_leaving(call)) return *refused;
  if (!call.object->contains("instance")) return invalid("Volume not attached");
  if ((*call.object)["state"] != "attached")
    return refuse(409, "Volume " + call.id() + " is " + (*call.object)["state"].get<std::string>());
  (*call.object)["state"] = "detaching";
  return accept(call, "volume.detached", {{"id", call.id()}});
}

// {id}: when the instance ends meanwhile, the volume is detached already.
std::optional<Failure> attached(Account& account, const Json& arguments) {
  Json* volume = account.find(type_name, arguments["id"].get<std::string>());
  if (volume == nullptr || (*volume)["state"] != "attaching")
    return Failure{"interrupted", "The instance was deleted meanwhile"};
  (*volume)["state"] = "attached";
  return std::nullopt;
}

std::optional<Failure> detached(Account& account, const Json& arguments) {
  Json* volume = account.find(type_name, arguments["id"].get<std::string>());
  if (volume == nullptr || (*volume)["state"] != "detaching") return std::nullopt;
  merge(*volume, {{"state", "detached"}, {"instance", nullptr}});
  return std::nullopt;
}

bool is_resizable(Account& account, const Json& volume) {
  if (volume["state"] == "detached") return true;
  if (volume["state"] != "attached") return false;
  const Json* instance = account.find("instance", holder_of(volume));
  return instance != nullptr && (*instance)["state"] == "stopped";
}

// At once, without an operation.
Answer resize(Call& call) {
  if (auto refused = refuse_leaving(call)) return *refused;
  if (call.body["size"] <= (*call.object)["size"]) return invalid("size: can only grow");
  if (!is_resizable(call.account, *call.object))
    return refuse(409, "Volume " + call.id() + " must be detached, or its instance stopped");
  (*call.object)["size"] = call.body["size"];
  call.account.touch();
  return {.body = describe(call.account, *call.object)};
}

constexpr auto size_field = integer("size", 1, largest_size);
constexpr std::array create_fields{
    text("name"),
    size_field,
    labels(),
    reference("block-storage-snapshot", "block-storage-snapshot"),
};
constexpr std::array update_fields{text("name").nullable(), labels().nullable()};
constexpr std::array attach_fields{reference("instance", "instance").required()};
constexpr std::array resize_fields{size_field.required()};
constexpr std::array list_query{text("instance-id", 36, 36)};

constexpr Route one(std::string_view method, std::string_view path, Handler handler,
                    std::span<const Field> fields = {}) {
  return {.method = method,
          .path = path,
          .handler = handler,
          .object = type_name,
          .takes = {2, 6},
          .body = fields.empty() ? Body::none : Body::required,
          .fields = fields};
}

constexpr std::array routes{
    Route{.method = "GET", .path = "/block-storage", .handler = list_volumes, .query = list_query},
    Route{.method = "POST",
          .path = "/block-storage",
          .handler = create_volume,
          .takes = {3, 8},
          .body = Body::required,
          .fields = create_fields},
    one("GET", "/block-storage/{id}", get_volume),
    one("PUT", "/block-storage/{id}", update_volume, update_fields),
    one("DELETE", "/block-storage/{id}", delete_volume),
    one("PUT", "/block-storage/{id}:attach", attach, attach_fields),
    one("PUT", "/block-storage/{id}:detach", detach),
    one("PUT", "/block-storage/{id}:resize-volume", resize, resize_fields),
};
constexpr std::array actions{Action{"volume.attached", attached},
                             Action{"volume.detached", detached}};

}  // namespace

extern const Type block_storage;
const Type block_storage{.routes = routes, .actions = actions};

}  // namespace stackctl::simulator
