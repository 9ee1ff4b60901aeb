// Snapshots of block storage volumes: they outlive the volume, and new volumes are made of them.
#include <algorithm>
#include <array>

#include "simulator/type.h"

namespace stackctl::simulator {
namespace {

constexpr std::string_view type_name = "block-storage-snapshot";
constexpr std::string_view volume_type = "block-storage";
constexpr int most_snapshots_of_volume = 20;

Answer list_snapshots(Call& call) { return list(call, type_name, "block-storage-snapshots"); }

std::optional<Answer> refuse_volume(const Call& call) {
  if (is_leaving(*call.object)) return refuse(409, "The volume is already being deleted");
  const std::string state = (*call.object)["state"];
  if (state != "detached" && state != "attached")
    return refuse(409, "Volume " + call.id() + " is " + state);
  const Table& snapshots = call.account.table(type_name);
  const auto made = std::count_if(snapshots.begin(), snapshots.end(), [&](const auto& entry) {
    return entry.second["block-storage-volume"]["id"] == call.id();
  });
  if (made < most_snapshots_of_volume) return std::nullopt;
  return refuse(409, "Volume " + call.id() + " cannot have more snapshots");
}

Answer create_snapshot(Call& call) {
  if (auto refused = refuse_volume(call)) return *refused;
  Json& volume = *call.object;
  const std::string id = call.account.random_id();
  Json snapshot = std::move(call.body);
  snapshot["id"] = id;
  snapshot["state"] = "creating";
  snapshot["size"] = volume["size"];
  snapshot["volume-size"] = volume["size"];
  snapshot["created-at"] = timestamp(call.account.now());
  snapshot["block-storage-volume"] = {{"id", call.id()}};
  volume["state"] = "snapshotting";
  call.account.add(type_name, id, std::move(snapshot));
  return accept(call, type_name, id, "volume.snapshotted",
                {{"volume", call.id()}, {"snapshot", id}});
}

// {volume, snapshot}: the volume is again what it was, unless its instance ended meanwhile.
std::optional<Failure> snapshotted(Account& account, const Json& arguments) {
  if (Json* volume = account.find(volume_type, arguments["volume"].get<std::string>()))
    (*volume)["state"] = volume->contains("instance") ? "attached" : "detached";
  Json* snapshot = account.find(type_name, arguments["snapshot"].get<std::string>());
  if (snapshot == nullptr) return Failure{"not-found", "The snapshot is gone"};
  (*snapshot)["state"] = "created";
  return std::nullopt;
}

std::optional<Answer> require_created(const Call& call) {
  const std::string state = (*call.object)["state"];
  if (state == "created") return std::nullopt;
  return refuse(409, "Block storage snapshot " + call.id() + " is " + state);
}

Answer update_snapshot(Call& call) {
  if (auto refused = require_created(call)) return *refused;
  if (call.body.contains("name") && call.body["name"] == Json("")) call.body["name"] = nullptr;
  return accept_change(call, std::move(call.body));
}

Answer delete_snapshot(Call& call) {
  if ((*call.object)["state"] != "error")
    if (auto refused = require_created(call)) return *refused;
  (*call.object)["state"] = "destroying";
  return accept_removal(call);
}

constexpr std::array create_fields{text("name", 1), labels()};
constexpr std::array update_fields{text("name").nullable(), labels().nullable()};

constexpr std::array routes{
    Route{.method = "GET", .path = "/block-storage-snapshot", .handler = list_snapshots},
    Route{.method = "POST",
          .path = "/block-storage/{id}:create-snapshot",
          .handler = create_snapshot,
          .object = volume_type,
          .takes = {5, 20},
          .body = Body::required,
          .fields = create_fields},
    Route{.method = "GET",
          .path = "/block-storage-snapshot/{id}",
          .handler = show,
          .object = type_name},
    Route{.method = "PUT",
          .path = "/block-storage-snapshot/{id}",
          .handler = update_snapshot,
          .object = type_name,
          .body = Body::required,
          .fields = update_fields},
    Route{.method = "DELETE",
          .path = "/block-storage-snapshot/{id}",
          .handler = delete_snapshot,
          .object = type_name,
          .takes = {2, 6}},
};
constexpr std::array actions{Action{"volume.snapshotted", snapshotted}};

}  // namespace

extern const Type block_storage_snapshots;
const Type block_storage_snapshots{.routes = routes, .actions = actions};

}  // namespace stackctl::simulator
