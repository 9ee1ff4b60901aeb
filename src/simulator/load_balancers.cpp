// Network load balancers (NLB): unique names. Their services: load_balancer_services.cpp.
#include <algorithm>
#include <array>

#include "simulator/load_balancer_services.h"

namespace stackctl::simulator {
namespace {

constexpr std::string_view type_name = "load-balancer";

Json describe(Account& account, const Json& balancer) {
  Json shown = visible(balancer);
  for (Json& service : shown["services"]) service = describe_service(account, service);
  return shown;
}

Answer list_balancers(Call& call) {
  Json items = Json::array();
  for (const auto& [id, balancer] : call.account.table(type_name))
    items.push_back(describe(call.account, balancer));
  return {.body = {{"load-balancers", std::move(items)}}};
}

Answer get_balancer(Call& call) { return {.body = describe(call.account, *call.object)}; }

std::optional<Answer> refuse_taken(Account& account, const Json& name, std::string_view except) {
  for (const auto& [id, balancer] : account.table(type_name))
    if (id != except && balancer["name"] == name)
      return refuse(409, "Load balancer " + name.get<std::string>() + " already exists");
  return std::nullopt;
}

Answer create_balancer(Call& call) {
  if (auto refused = refuse_taken(call.account, call.body["name"], "")) return *refused;
  const std::string id = call.account.random_id();
  Json balancer = std::move(call.body);
  balancer["id"] = id;
  balancer["state"] = "creating";
  balancer["created-at"] = timestamp(call.account.now());
  balancer["services"] = Json::array();
  call.account.add(type_name, id, std::move(balancer));
  // The address is known only when the operation ends.
  const Json changes{{"state", "running"}, {"ip", call.account.random_address()}};
  return accept(call, type_name, id, "change",
                {{"type", type_name}, {"id", id}, {"changes", changes}});
}

std::optional<Answer> refuse_leaving(const Call& call) {
  if (!is_leaving(*call.object)) return std::nullopt;
  return refuse(409, "The load balancer is already being deleted");
}

Answer update_balancer(Call& call) {
  if (auto refused = refuse_leaving(call)) return *refused;
  if (call.body.contains("name"))
    if (auto refused = refuse_taken(call.account, call.body["name"], call.id())) return *refused;
  return accept_change(call, call.body);
}

Answer reset_field(Call& call) {
  const std::string& field = call.arguments[1];
  if (field != "description" && field != "labels")
    return invalid("field: must be one of: description labels");
  if (auto refused = refuse_leaving(call)) return *refused;
  return accept_change(call, {{field, nullptr}});
}

// Whether the cloud deletes a balancer that still has services is not known; we are strict.
Answer delete_balancer(Call& call) {
  if (auto refused = refuse_leaving(call)) return *refused;
  if (!(*call.object)["services"].empty())
    return refuse(409, "Cannot delete load balancer " + call.id() + " while it has services");
  (*call.object)["state"] = "deleting";
  return accept_removal(call);
}

constexpr std::array create_fields{text("name", 1).required(), text("description"), labels()};
constexpr std::array update_fields{text("name", 1), text("description"), labels()};

constexpr std::array routes{
    Route{.method = "GET", .path = "/load-balancer", .handler = list_balancers},
    Route{.method = "POST",
          .path = "/load-balancer",
          .handler = create_balancer,
          .takes = {20, 60},
          .body = Body::required,
          .fields = create_fields},
    Route{.method = "GET",
          .path = "/load-balancer/{id}",
          .handler = get_balancer,
          .object = type_name},
    Route{.method = "PUT",
          .path = "/load-balancer/{id}",
          .handler = update_balancer,
          .object = type_name,
          .takes = {2, 5},
          .body = Body::required,
          .fields = update_fields},
    Route{.method = "DELETE",
          .path = "/load-balancer/{id}",
          .handler = delete_balancer,
          .object = type_name,
          .takes = {10, 30}},
    Route{.method = "DELETE",
          .path = "/load-balancer/{id}/{field}",
          .handler = reset_field,
          .object = type_name,
          .takes = {2, 5}},
};

}  // namespace

extern const Type load_balancers;
const Type load_balancers{.routes = routes};

}  // namespace stackctl::simulator
