// Rules of security groups: they never change; a rule equal to another in all fields is refused.
#include <algorithm>
#include <array>

#include "simulator/type.h"
#include "stackctl/text.h"

namespace stackctl::simulator {
namespace {

constexpr std::string_view group_type = "security-group";

// The group that a rule names, as it reads back; or why it is refused.
std::optional<Answer> resolve_group(Account& account, Json& named) {
  if (named.contains("id")) {
    if (named.size() != 1) return invalid("security-group: 'id' stands alone");
    const std::string id = named["id"];
    if (!is_uuid(id)) return invalid("security-group.id: must be a UUID");
    const Json* group = account.find(group_type, id);
    if (group == nullptr || is_leaving(*group) || (*group)["visibility"] != "private")
      return refuse(404, "security-group " + id + " not found");
    named["name"] = (*group)["name"];
    return std::nullopt;
  }
  if (!named.contains("name") || named.value("visibility", "") != "public")
    return invalid("security-group: must have 'id', or 'name' and visibility 'public'");
  for (const auto& [id, group] : account.table(group_type))
    if (group["visibility"] == "public" && group["name"] == named["name"]) {
      named["id"] = id;
      return std::nullopt;
    }
  return refuse(404, "security-group " + named["name"].get<std::string>() + " not found");
}

std::optional<Answer> check_ports(const Json& rule) {
  const std::string protocol = rule["protocol"];
  const bool has_ports = rule.contains("start-port") || rule.contains("end-port");
  if (protocol != "tcp" && protocol != "udp") {
    if (has_ports) return invalid("start-port: protocol " + protocol + " has no ports");
    return std::nullopt;
  }
  if (!rule.contains("start-port") || !rule.contains("end-port"))
    return invalid("start-port: " + protocol + " needs start-port and end-port");
  if (rule["start-port"] > rule["end-port"])
    return invalid("end-port: must not be below start-port");
  return std::nullopt;
}

std::optional<Answer> check_icmp(const Json& rule) {
  const std::string protocol = rule["protocol"];
  const bool is_icmp = protocol == "icmp" || protocol == "icmpv6";
  if (is_icmp == rule.contains("icmp")) return std::nullopt;
  return invalid(is_icmp ? "icmp: missing required field" : "icmp: only for icmp and icmpv6");
}

Json without_nulls(const Json& sent) {
  Json kept = Json::object();
  merge(kept, sent);
  return kept;
}

bool has_twin(const Json& group, Json rule) {
  rule.erase("id");
  for (Json other : group.value("rules", Json::array())) {
    other.erase("id");
    if (other == rule) return true;
  }
  return false;
}

Answer add_rule(Call& call) {
  Json rule = call.body;
  if (rule.contains("network") == rule.contains("security-group"))
    return invalid("network: exactly one of network and security-group must be given");
  if (auto refused = check_ports(rule)) return *refused;
  if (auto refused = check_icmp(rule)) return *refused;
  if (rule.contains("security-group"))
    if (auto refused = resolve_group(call.account, rule["security-group"])) return *refused;
  if (is_leaving(*call.object)) return refuse(409, "The security group is being deleted");
  if (rule.value("description", "").empty()) rule.erase("description");
  if (rule.contains("icmp")) rule["icmp"] = without_nulls(rule["icmp"]);
  if (has_twin(*call.object, rule)) return refuse(409, "No new rule would be created");
  rule["id"] = call.account.random_id();
  return accept(call, "rule.added", {{"group", call.id()}, {"rule", std::move(rule)}});
}

Answer delete_rule(Call& call) {
  const std::string& wanted = call.arguments[1];
  for (const Json& rule : call.object->value("rules", Json::array()))
    if (rule["id"] == wanted)
      return accept(call, "rule.removed", {{"group", call.id()}, {"rule", wanted}});
  return refuse(404, "rule " + wanted + " not found");
}

bool names_missing_group(Account& account, const Json& rule) {
  if (!rule.contains("security-group")) return false;
  const Json* named = account.find(group_type, rule["security-group"]["id"].get<std::string>());
  return named == nullptr || is_leaving(*named);
}

// Checked again: another operation may have come first.
std::optional<Failure> added(Account& account, const Json& arguments) {
  Json* group = account.find(group_type, arguments["group"].get<std::string>());
  if (group == nullptr || is_leaving(*group) || names_missing_group(account, arguments["rule"]))
    return Failure{"not-found", "The security group is gone"};
  if (has_twin(*group, arguments["rule"]))
    return Failure{"conflict", "No new rule would be created"};
  (*group)["rules"].push_back(arguments["rule"]);
  return std::nullopt;
}

std::optional<Failure> removed(Account& account, const Json& arguments) {
  Json* group = account.find(group_type, arguments["group"].get<std::string>());
  if (group == nullptr) return std::nullopt;
  Json left = Json::array();
  for (const Json& rule : group->value("rules", Json::array()))
    if (rule["id"] != arguments["rule"]) left.push_back(rule);
  merge(*group, {{"rules", left.empty() ? Json() : left}});
  return std::nullopt;
}

constexpr std::array icmp_fields{integer("type", -1, 254).nullable(),
                                 integer("code", -1, 254).nullable()};
constexpr std::array named_group_fields{text("id"), text("name", 1),
                                        word("visibility", "private public")};
constexpr std::array fields{
    word("flow-direction", "egress ingress").required(),
    word("protocol", "ah all esp gre icmp icmpv6 ipip tcp udp").required(),
    text("description"),
    text("network").check(is_cidr),
    object("security-group", named_group_fields),
    object("icmp", icmp_fields),
    integer("start-port", 1, 65535),
    integer("end-port", 1, 65535),
};

// The operations refer to the group: the id of a new rule is found by reading the group.
constexpr std::array routes{
    Route{.method = "POST",
          .path = "/security-group/{id}/rules",
          .handler = add_rule,
          .object = group_type,
          .body = Body::required,
          .fields = fields},
    Route{.method = "DELETE",
          .path = "/security-group/{id}/rules/{rule-id}",
          .handler = delete_rule,
          .object = group_type},
};
constexpr std::array actions{Action{"rule.added", added}, Action{"rule.removed", removed}};

}  // namespace

extern const Type security_group_rules;
const Type security_group_rules{.routes = routes, .actions = actions};

}  // namespace stackctl::simulator
