#include "firewall_rule.h"

#include <algorithm>
#include <array>

#include "stackctl/text.h"

namespace stackctl::aws {
namespace {

struct Protocol {
  std::string_view name;
  std::string_view number;
  bool is_known_by_name = false;  ///< to AWS
};
constexpr std::array kProtocols = {
    Protocol{"all", "-1"},      Protocol{"icmp", "1", true}, Protocol{"ipip", "4"},
    Protocol{"tcp", "6", true}, Protocol{"udp", "17", true}, Protocol{"gre", "47"},
    Protocol{"esp", "50"},      Protocol{"ah", "51"},        Protocol{"icmpv6", "58", true},
};

}  // namespace

Value protocol_name(const Value& protocol) {
  if (protocol.text() == nullptr) return protocol;
  const auto row = std::ranges::find(kProtocols, *protocol.text(), &Protocol::number);
  return row == kProtocols.end() ? to_lower(*protocol.text()) : std::string(row->name);
}

Value protocol_on_wire(const Value& protocol) {
  Value name = protocol_name(protocol);
  if (name.text() == nullptr) return name;
  const auto row = std::ranges::find(kProtocols, *name.text(), &Protocol::name);
  return row == kProtocols.end() || row->is_known_by_name ? name : Value(row->number);
}

bool has_ports(std::string_view protocol_name) {
  const auto row = std::ranges::find(kProtocols, protocol_name, &Protocol::name);
  return row != kProtocols.end() && row->is_known_by_name;
}

std::string rule_name(const Value& rule, std::string_view peer) {
  std::string name = rule["IsEgress"] == Value(true) ? "egress" : "ingress";
  const Value protocol = protocol_name(rule["IpProtocol"]);
  name += '-' + (protocol.text() == nullptr ? "" : *protocol.text());
  const Value& first = rule["FromPort"];
  const Value& last = rule["ToPort"];
  const bool is_any = first == Value(-1);
  if (!first.is_null() && !is_any) name += '-' + display(first);
  if (!last.is_null() && !is_any && !(last == first)) name += '-' + display(last);
  for (const char* const block : {"CidrIpv4", "CidrIpv6", "PrefixListId"}) {
    if (const std::string_view text = rule.text_at(block); !text.empty())
      name.append("-").append(text);
    for (const Reference& part : references(rule[block]))
      name.append("-").append(part.target).append(".").append(part.attribute);
  }
  if (!peer.empty()) name.append("-").append(peer);
  std::ranges::replace(name, '/', '-');  // which separates the parts of addresses
  return name;
}

}  // namespace stackctl::aws
