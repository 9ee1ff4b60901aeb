// IAM roles: unique names; what a role may do is its policy.
#include <algorithm>
#include <array>

#include "simulator/type.h"

namespace stackctl::simulator {
namespace {

constexpr std::string_view type_name = "iam-role";

Answer list_roles(Call& call) { return list(call, type_name, "iam-roles"); }

bool is_rule(const Json& rule) {
  if (!rule.is_object()) return false;
  for (const auto& [name, value] : rule.items()) {
    if (name == "resources" ? !value.is_array() : !value.is_string()) return false;
    if (name == "action" && value != "allow" && value != "deny") return false;
    if (name != "action" && name != "expression" && name != "resources") return false;
  }
  return rule.contains("action") && rule.contains("expression");
}

bool are_rules(const Json& rules) {
  return rules.is_array() && std::all_of(rules.begin(), rules.end(), is_rule);
}

bool is_service_policy(const Json& policy) {
  if (!policy.is_object()) return false;
  const Json type = policy.value("type", Json());
  const bool has_rules = policy.contains("rules");
  const bool is_known = type == "allow" || type == "deny" || type == "rules";
  return is_known && policy.size() == (has_rules ? 2U : 1U) &&
         (!has_rules || are_rules(policy["rules"])) && (type == "rules") == has_rules;
}

std::optional<Answer> check_policy(const Json& policy) {
  const Json strategy = policy.value("default-service-strategy", Json());
  if (strategy != "allow" && strategy != "deny")
    return invalid("policy.default-service-strategy: must be one of: allow deny");
  if (!policy.contains("services") || !policy["services"].is_object() || policy.size() != 2)
    return invalid("policy: must have default-service-strategy and services");
  for (const auto& [name, service] : policy["services"].items())
    if (!is_service_policy(service)) return invalid("policy.services." + name + ": is invalid");
  return std::nullopt;
}

std::optional<Answer> check_role(const Json& body) {
  if (body.contains("policy"))
    if (auto refused = check_policy(body["policy"])) return refused;
  if (!body.contains("assume-role-policy")) return std::nullopt;
  const Json& policy = body["assume-role-policy"];
  if (policy.size() == 1 && policy.contains("rules") && are_rules(policy["rules"]))
    return std::nullopt;
  return invalid("assume-role-policy: must have only valid rules");
}

Answer create_role(Call& call) {
  if (auto refused = check_role(call.body)) return *refused;
  const Json& name = call.body["name"];
  for (const auto& [id, role] : call.account.table(type_name))
    if (role["name"] == name)
      return refuse(409, "IAM role " + name.get<std::string>() + " already exists");
  const std::string id = call.account.random_id();
  Json role{{"id", id},
            {"editable", true},
            {"labels", Json::object()},
            {"permissions", Json::array()},
            {"policy", {{"default-service-strategy", "allow"}, {"services", Json::object()}}}};
  merge(role, call.body);
  call.account.add(type_name, id, std::move(role));
  return accept(call, type_name, id, "nothing", Json::object());
}

std::optional<Answer> refuse_leaving(const Call& call) {
  if (!is_leaving(*call.object)) return std::nullopt;
  return refuse(409, "The IAM role is already being deleted");
}

Answer update_role(Call& call) {
  if (auto refused = refuse_leaving(call)) return *refused;
  if (auto refused = check_role(call.body)) return *refused;
  return accept_change(call, call.body);
}

Answer update_policy(Call& call) {
  if (auto refused = refuse_leaving(call)) return *refused;
  if (auto refused = check_policy(call.body)) return *refused;
  if ((*call.object)["editable"] == false)
    return refuse(403, "The policy of this IAM role is not editable");
  return accept_change(call, {{"policy", call.body}});
}

Answer delete_role(Call& call) {
  if (auto refused = refuse_leaving(call)) return *refused;
  for (const auto& [key, record] : call.account.table("api-key"))
    if (record["role-id"] == call.id())
      return refuse(409,
                    "Cannot delete IAM role " + call.id() + " while API key " + key + " has it");
  return accept_removal(call);
}

constexpr auto description_field = text("description", 1);
constexpr auto permissions_field =
    texts("permissions").among("bypass-governance-retention reset-iam-organization-policy");
constexpr auto assume_field = free_object("assume-role-policy");
constexpr auto ttl_field = integer("max-session-ttl", 0, std::numeric_limits<std::int32_t>::max());
constexpr std::array create_fields{
    text("name", 1, 191).required(),
    boolean("editable"),
    free_object("policy"),
    description_field,
    permissions_field,
    labels(),
    assume_field,
    ttl_field,
};
constexpr std::array update_fields{description_field, permissions_field, labels(), assume_field,
                                   ttl_field};
constexpr std::array policy_fields{
    word("default-service-strategy", "allow deny").required(),
    free_object("services").required(),
};

constexpr Span takes{1, 3};
constexpr std::array routes{
    Route{.method = "GET", .path = "/iam-role", .handler = list_roles},
    Route{.method = "POST",
          .path = "/iam-role",
          .handler = create_role,
          .takes = takes,
          .body = Body::required,
          .fields = create_fields},
    Route{.method = "GET", .path = "/iam-role/{id}", .handler = show, .object = type_name},
    Route{.method = "PUT",
          .path = "/iam-role/{id}",
          .handler = update_role,
          .object = type_name,
          .takes = takes,
          .body = Body::required,
          .fields = update_fields},
    Route{.method = "PUT",
          .path = "/iam-role/{id}:policy",
          .handler = update_policy,
          .object = type_name,
          .takes = takes,
          .body = Body::required,
          .fields = policy_fields},
    Route{.method = "DELETE",
          .path = "/iam-role/{id}",
          .handler = delete_role,
          .object = type_name,
          .takes = takes},
};

}  // namespace

extern const Type iam_roles;
const Type iam_roles{.routes = routes};

}  // namespace stackctl::simulator
