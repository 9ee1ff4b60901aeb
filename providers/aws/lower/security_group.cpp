#include <set>
#include <string>
#include <utility>

#include "aws/api/wire.h"
#include "aws/types/firewall_rule.h"
#include "aws/types/types.h"
#include "lowering_tools.h"
#include "lowerings.h"
#include "stackctl/ports.h"

namespace stackctl::aws {
namespace {

/// One entry of `ingress` or `egress`.
class Rule {
 public:
  Rule(const Value& entry, bool is_egress, std::string path)
      : entry_(entry), is_egress_(is_egress), path_(std::move(path)) {}

  /// AWS's own rule, which is a property of the group.
  bool is_default_egress() const {
    return is_egress_ && entry_.text_at("protocol") == "all" && entry_["to"] == Value("0.0.0.0/0");
  }

  Object lower(const Declaration& declaration, Diagnostics& faults) {
    Draft rule("", security_group_rule.resource);
    rule.set("GroupId", refer(declaration.address), path_);
    rule.set("IsEgress", is_egress_, path_);
    rule.set("IpProtocol", entry_["protocol"], path_ + ".protocol");
    rule.set("Description", entry_["description"], path_ + ".description");
    set_ports(rule, faults);
    const std::string peer = set_peer(rule);
    rule.object.address = declaration.address + '/' + rule_name(rule.attributes, peer);
    return std::move(rule).finish();
  }

 private:
  void set_ports(Draft& rule, Diagnostics& faults) const {
    const std::string_view protocol = entry_.text_at("protocol");
    if (protocol == "tcp" || protocol == "udp") {
      const Ports ports = ports_of(entry_, path_, 0, faults);
      rule.set("FromPort", ports.first, ports.origin);
      rule.set("ToPort", ports.last, ports.origin);
      return;
    }
    refuse_ports(entry_, path_, faults);
    if (!has_ports(protocol)) return;
    rule.set("FromPort", -1, path_ + ".protocol");
    rule.set("ToPort", -1, path_ + ".protocol");
  }

  /// The address of the group that it names.
  std::string set_peer(Draft& rule) const {
    const std::string name = is_egress_ ? "to" : "from";
    const Value& peer = entry_[name];
    const bool is_ipv6 = peer.text() != nullptr && peer.text()->find(':') != std::string::npos;
    const char* const attribute = is_group(peer) ? "ReferencedGroupId"
                                  : is_ipv6      ? "CidrIpv6"
                                                 : "CidrIpv4";
    rule.set(attribute, canonical_block(peer), path_ + '.' + name);
    return is_group(peer) ? peer.reference()->target : "";
  }

  /// Other attributes of other resources are blocks.
  static bool is_group(const Value& peer) {
    const Reference* const named = peer.reference();
    return named != nullptr && (named->attribute.empty() || named->attribute == "id");
  }

  const Value& entry_;
  bool is_egress_;
  std::string path_;
};

/// Whether the default rule is among them.
bool lower_rules(const Declaration& declaration, std::string_view direction, Lowered& lowered) {
  std::set<std::string> addresses;
  std::size_t index = 0;
  bool has_default = false;
  for (const Value& entry : declaration.attributes[direction].items()) {
    const std::string path = std::string(direction) + '[' + std::to_string(index++) + ']';
    const std::size_t faults_before = lowered.faults.size();
    Rule rule(entry, direction == "egress", path);
    Object lowered_rule = rule.lower(declaration, lowered.faults);
    if (lowered.faults.size() > faults_before) continue;  // its address says nothing
    const bool is_default = rule.is_default_egress();
    has_default = has_default || is_default;
    if (!addresses.insert(lowered_rule.address).second)
      lowered.faults.push_back(fault_at(path, "this rule is there twice", "remove one of the two"));
    else if (!is_default)
      lowered.objects.push_back(std::move(lowered_rule));
  }
  return has_default;
}

/// AWS keeps names that begin like ids for itself.
std::string group_name(const std::string& name) {
  constexpr std::size_t longest = 255;
  return short_name(name.starts_with("sg-") ? "group-" + name : name, longest);
}

}  // namespace

Lowered lower_security_group(const Declaration& declaration, const LoweringContext& context) {
  Lowered lowered;
  const Value& given = declaration.attributes;
  Draft group(declaration.address, security_group.resource);
  group.set("GroupName", group_name(context.physical_name(declaration.address)), "name");
  const bool is_described = !given["description"].is_null() && given["description"] != Value("");
  group.set("GroupDescription", is_described ? given["description"] : Value("Made by stackctl"),
            "description");
  group.set("VpcId", vpc_or_default(declaration, given["network"], lowered), "network");
  lower_rules(declaration, "ingress", lowered);
  const bool has_default = lower_rules(declaration, "egress", lowered);
  group.set("DefaultEgress", has_default || given["egress"].items().empty(), "egress");
  set_native(group, declaration, {"Tags"}, lowered.faults);
  lowered.objects.insert(lowered.objects.begin(), std::move(group).finish());
  lowered.outputs = {{"", refer(declaration.address)},
                     {"id", refer(declaration.address)},
                     {"name", refer(declaration.address, "GroupName")}};
  return lowered;
}

}  // namespace stackctl::aws
