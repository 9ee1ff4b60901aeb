// Security groups: no update, no labels; worn by instances. Their rules: security_group_rules.cpp.
#include <algorithm>
#include <array>

#include "simulator/type.h"

namespace stackctl::simulator {
namespace {

constexpr std::string_view type_name = "security-group";

void add_group(Account& account, const char* name, const char* visibility) {
  const std::string id = stable_id("security-group " + std::string(name));
  account.add(type_name, id,
              {{"id", id}, {"name", name}, {"visibility", visibility}, {".builtin", true}});
}

void populate(Account& account) {
  add_group(account, "default", "private");
  add_group(account, "public-nlb-healthcheck-sources", "public");
  Json* sources =
      account.find(type_name, stable_id("security-group public-nlb-healthcheck-sources"));
  (*sources)["external-sources"] = {"198.19.255.0/27", "198.19.255.32/27"};
}

Answer list_groups(Call& call) {
  const auto visibility = http::find(call.query, "visibility").value_or("private");
  Json items = Json::array();
  for (const auto& [id, group] : call.account.table(type_name))
    if (group["visibility"] == visibility) items.push_back(visible(group));
  return {.body = {{"security-groups", std::move(items)}}};
}

Answer create_group(Call& call) {
  const std::string id = call.account.random_id();
  Json group = call.body;
  group["id"] = id;
  group["visibility"] = "private";
  call.account.add(type_name, id, std::move(group));
  return accept(call, type_name, id, "nothing", Json::object());
}

bool is_named_by_rules(Account& account, std::string_view id) {
  for (const auto& [owner, group] : account.table(type_name))
    for (const Json& rule : group.value("rules", Json::array()))
      if (rule.contains("security-group") && rule["security-group"].value("id", "") == id)
        return true;
  return false;
}

Answer delete_group(Call& call) {
  if (call.object->contains(".builtin"))
    return refuse(403, "Security group " + call.id() + " cannot be deleted");
  if (is_leaving(*call.object)) return refuse(409, "The security group is already being deleted");
  for (const char* user : {"instance", "instance-pool"})
    for (const auto& [id, record] : call.account.table(user))
      if (refers(record, "security-groups", call.id()))
        return refuse(409, "Cannot delete group when it's in use by virtual machines");
  if (is_named_by_rules(call.account, call.id()))
    return refuse(409, "Cannot delete group when it's in use by security group rules");
  return accept_removal(call);
}

Answer refuse_missing_source(const std::string& cidr) {
  return refuse(404, "external source " + cidr + " not found");
}

bool has_source(const Json& group, const Json& cidr) {
  const Json sources = group.value("external-sources", Json::array());
  return std::find(sources.begin(), sources.end(), cidr) != sources.end();
}

Answer add_source(Call& call) {
  if (has_source(*call.object, call.body["cidr"]))
    return refuse(409, "external source already exists");
  Json sources = call.object->value("external-sources", Json::array());
  sources.push_back(call.body["cidr"]);
  return accept_change(call, {{"external-sources", std::move(sources)}});
}

Answer remove_source(Call& call) {
  if (!has_source(*call.object, call.body["cidr"])) return refuse_missing_source(call.body["cidr"]);
  Json left = Json::array();
  for (const Json& source : (*call.object)["external-sources"])
    if (source != call.body["cidr"]) left.push_back(source);
  return accept_change(call, {{"external-sources", left.empty() ? Json() : left}});
}

Answer wear(Call& call, const char* action) {
  return accept(call, action, {{"group", call.id()}, {"instance", call.body["instance"]["id"]}});
}

bool is_worn(Call& call) {
  const Json* instance =
      call.account.find("instance", call.body["instance"]["id"].get<std::string>());
  return refers(*instance, "security-groups", call.id());
}

Answer attach(Call& call) {
  if (is_leaving(*call.object)) return refuse(409, "The security group is being deleted");
  if (is_worn(call)) return refuse(409, "The instance already has this security group");
  return wear(call, "security-group.attached");
}

Answer detach(Call& call) {
  if (!is_worn(call)) return refuse(404, "The instance does not have this security group");
  return wear(call, "security-group.detached");
}

// The groups of the instance without this one; nothing when either is gone by now.
std::optional<Json> other_groups(Account& account, const Json& arguments) {
  const Json* instance = account.find("instance", arguments["instance"].get<std::string>());
  const Json* group = account.find(type_name, arguments["group"].get<std::string>());
  if (instance == nullptr || group == nullptr || is_leaving(*group)) return std::nullopt;
  Json others = Json::array();
  for (const Json& worn : instance->value("security-groups", Json::array()))
    if (worn["id"] != arguments["group"]) others.push_back(worn);
  return others;
}

std::optional<Failure> wear_now(Account& account, const Json& arguments, bool is_attached) {
  auto groups = other_groups(account, arguments);
  if (!groups) return Failure{"not-found", "The instance or the security group is gone"};
  if (is_attached) groups->push_back({{"id", arguments["group"]}});
  (*account.find("instance", arguments["instance"].get<std::string>()))["security-groups"] =
      *groups;
  return std::nullopt;
}

std::optional<Failure> attached(Account& account, const Json& arguments) {
  return wear_now(account, arguments, true);
}

std::optional<Failure> detached(Account& account, const Json& arguments) {
  return wear_now(account, arguments, false);
}

constexpr std::array fields{text("name", 1).required(), text("description")};
constexpr std::array source_fields{text("cidr").required().check(is_cidr)};
constexpr std::array wear_fields{reference("instance", "instance").required()};
constexpr std::array list_query{word("visibility", "private public")};

constexpr std::array routes{
    Route{.method = "GET", .path = "/security-group", .handler = list_groups, .query = list_query},
    Route{.method = "POST",
          .path = "/security-group",
          .handler = create_group,
          .body = Body::required,
          .fields = fields},
    Route{.method = "GET", .path = "/security-group/{id}", .handler = show, .object = type_name},
    Route{.method = "DELETE",
          .path = "/security-group/{id}",
          .handler = delete_group,
          .object = type_name},
    Route{.method = "PUT",
          .path = "/security-group/{id}:add-source",
          .handler = add_source,
          .object = type_name,
          .body = Body::required,
          .fields = source_fields},
    Route{.method = "PUT",
          .path = "/security-group/{id}:remove-source",
          .handler = remove_source,
          .object = type_name,
          .body = Body::required,
          .fields = source_fields},
    Route{.method = "PUT",
          .path = "/security-group/{id}:attach",
          .handler = attach,
          .object = type_name,
          .takes = {1, 3},
          .body = Body::required,
          .fields = wear_fields},
    Route{.method = "PUT",
          .path = "/security-group/{id}:detach",
          .handler = detach,
          .object = type_name,
          .takes = {1, 3},
          .body = Body::required,
          .fields = wear_fields},
};
constexpr std::array actions{Action{"security-group.attached", attached},
                             Action{"security-group.detached", detached}};

}  // namespace

extern const Type security_groups;
const Type security_groups{.routes = routes, .actions = actions, .populate = populate};

}  // namespace stackctl::simulator
