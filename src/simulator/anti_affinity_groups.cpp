// Anti-affinity groups: no update, no labels; the members are told by the instances.
#include <array>

#include "simulator/machines.h"

namespace stackctl::simulator {
namespace {

constexpr std::string_view type_name = "anti-affinity-group";

Json describe(Account& account, const Json& group) {
  Json shown = visible(group);
  shown["instances"] = Json::array();
  for (const auto& [id, instance] : account.table("instance"))
    if (refers(instance, "anti-affinity-groups", shown["id"].get_ref<const std::string&>()))
      shown["instances"].push_back({{"id", id}});
  return shown;
}

Answer list_groups(Call& call) {
  Json items = Json::array();
  for (const auto& [id, group] : call.account.table(type_name))
    items.push_back(describe(call.account, group));
  return {.body = {{"anti-affinity-groups", std::move(items)}}};
}

Answer get_group(Call& call) { return {.body = describe(call.account, *call.object)}; }

Answer create_group(Call& call) {
  Json group = call.body;
  const std::string id = call.account.random_id();
  group["id"] = id;
  call.account.add(type_name, id, std::move(group));
  return accept(call, type_name, id, "nothing", Json::object());
}

Answer delete_group(Call& call) {
  if (is_leaving(*call.object))
    return refuse(409, "The anti-affinity group is already being deleted");
  if (auto refused = refuse_used(call, "anti-affinity-groups", "anti-affinity group"))
    return *refused;
  (*call.object)[".leaving"] = true;
  // The finished delete shows no reference any more (seen on the real cloud).
  return accept(call, "remove",
                {{"type", type_name}, {"id", call.id()}, {"loses-reference", true}});
}

constexpr std::array fields{text("name", 1).required(), text("description")};

constexpr std::array routes{
    Route{.method = "GET", .path = "/anti-affinity-group", .handler = list_groups},
    Route{.method = "POST",
          .path = "/anti-affinity-group",
          .handler = create_group,
          .takes = {1, 2},
          .body = Body::required,
          .fields = fields},
    Route{.method = "GET",
          .path = "/anti-affinity-group/{id}",
          .handler = get_group,
          .object = type_name},
    Route{.method = "DELETE",
          .path = "/anti-affinity-group/{id}",
          .handler = delete_group,
          .object = type_name,
          .takes = {1, 2}},
};

}  // namespace

extern const Type anti_affinity_groups;
const Type anti_affinity_groups{.routes = routes};

}  // namespace stackctl::simulator
