#include "permission.h"

#include <array>
#include <string_view>
#include <utility>

#include "aws/api/wire.h"
#include "firewall_rule.h"

namespace stackctl::aws {
namespace {

/// What a rule may name as its other side.
struct Peer {
  std::string_view attribute;
  std::string_view list;  ///< in a permission
  std::string_view name;  ///< in an item of that list
};
constexpr std::array kPeers = {
    Peer{"CidrIpv4", "IpRanges", "CidrIp"},
    Peer{"CidrIpv6", "Ipv6Ranges", "CidrIpv6"},
    Peer{"ReferencedGroupId", "Groups", "GroupId"},
    Peer{"PrefixListId", "PrefixListIds", "PrefixListId"},
};
constexpr std::array kPorts = {"FromPort", "ToPort"};

/// What all its rules have in common.
Map common_in(const Schema& schema, const Value& permission, bool is_egress) {
  Map rule{{"IsEgress", is_egress}, {"IpProtocol", protocol_name(permission["ipProtocol"])}};
  const std::string* const protocol = rule["IpProtocol"].text();
  if (protocol == nullptr || !has_ports(*protocol)) return rule;
  for (const char* const name : kPorts)
    if (Value port = decode(*find(schema, name), member(permission, name)); !port.is_null())
      rule.insert_or_assign(name, std::move(port));
  return rule;
}

}  // namespace

std::vector<Map> rules_in(const Schema& schema, const Value& permission, bool is_egress) {
  const Map common = common_in(schema, permission, is_egress);
  std::vector<Map> rules;
  for (const Peer& peer : kPeers)
    for (const Value& item : items_of(member(permission, peer.list))) {
      Map& rule = rules.emplace_back(common);
      rule.insert_or_assign(std::string(peer.attribute), member(item, peer.name));
      const Value& description = item["description"];
      rule.insert_or_assign("Description", description.is_null() ? Value("") : description);
    }
  return rules;
}

Map permission_of(const Value& rule, const Value& description) {
  Map permission{{"IpProtocol", protocol_on_wire(rule["IpProtocol"])}};
  const bool is_all = permission["IpProtocol"] == Value("-1");
  for (const char* const name : kPorts)
    if (!is_all) permission.emplace(name, rule[name].is_null() ? Value(-1) : rule[name]);
  for (const Peer& peer : kPeers) {
    if (rule[peer.attribute].is_null()) continue;
    const Map item{{std::string(peer.name), rule[peer.attribute]}, {"Description", description}};
    permission.emplace(std::string(peer.list), List{item});
  }
  return permission;
}

}  // namespace stackctl::aws
