#include <set>

#include "exoscale/types/rule_address.h"
#include "exoscale/types/types.h"
#include "lowering_tools.h"
#include "lowerings.h"
#include "stackctl/ports.h"

namespace stackctl::exoscale {
namespace {

/// One entry of `ingress` or `egress`.
class Rule {
 public:
  Rule(const Value& entry, std::string_view direction, std::string path)
      : entry_(entry), direction_(direction), path_(std::move(path)) {}

  Object lower(const Declaration& declaration, Diagnostics& faults) {
    Draft rule("", security_group_rule.resource);
    rule.set("group", refer(declaration.address), path_);
    rule.set("flow-direction", direction_, path_);
    rule.set("protocol", entry_["protocol"], path_ + ".protocol");
    rule.set("description", entry_["description"], path_ + ".description");
    set_ports(rule, faults);
    set_peer(rule);
    rule.object.address = rule_address(declaration.address, rule.attributes, peer_);
    return std::move(rule).finish();
  }

 private:
  void set_ports(Draft& rule, Diagnostics& faults) const {
    const std::string_view protocol = entry_.text_at("protocol");
    if (protocol == "tcp" || protocol == "udp") {
      const Ports ports = ports_of(entry_, path_, 1, faults);
      rule.set("start-port", ports.first, ports.origin);
      rule.set("end-port", ports.last, ports.origin);
      return;
    }
    refuse_ports(entry_, path_, faults);
    if (protocol.starts_with("icmp"))
      rule.set("icmp", Map{{"type", -1}, {"code", -1}}, path_ + ".protocol");
  }

  void set_peer(Draft& rule) {
    const std::string name = direction_ == "ingress" ? "from" : "to";
    const Value& peer = entry_[name];
    const std::string origin = path_ + '.' + name;
    const Reference* const named = peer.reference();
    // Other attributes of other resources are blocks.
    const bool is_group =
        named != nullptr && (named->attribute.empty() || named->attribute == "id");
    rule.set(is_group ? "security-group" : "network", peer, origin);
    if (is_group) peer_ = named->target;
  }

  const Value& entry_;
  std::string_view direction_;
  std::string path_;
  std::string peer_;  // address of the group that it names
};

void lower_rules(const Declaration& declaration, std::string_view direction, Lowered& lowered) {
  std::set<std::string> addresses;
  std::size_t index = 0;
  for (const Value& entry : declaration.attributes[direction].items()) {
    const std::string path = std::string(direction) + '[' + std::to_string(index++) + ']';
    const std::size_t faults_before = lowered.faults.size();
    Object rule = Rule(entry, direction, path).lower(declaration, lowered.faults);
    if (lowered.faults.size() > faults_before) continue;  // its address says nothing
    if (addresses.insert(rule.address).second)
      lowered.objects.push_back(std::move(rule));
    else
      lowered.faults.push_back(fault_at(path, "this rule is there twice", "remove one of the two"));
  }
}

}  // namespace

Lowered lower_security_group(const Declaration& declaration, const LoweringContext& context) {
  Lowered lowered;
  Draft group(declaration.address, security_group.resource);
  group.set("name", context.physical_name(declaration.address));
  group.set("description", declaration.attributes["description"]);
  set_native(group, declaration, {}, lowered.faults);
  lowered.objects.push_back(std::move(group).finish());
  lower_rules(declaration, "ingress", lowered);
  lower_rules(declaration, "egress", lowered);
  lowered.outputs = {{"", refer(declaration.address)},
                     {"id", refer(declaration.address)},
                     {"name", refer(declaration.address, "name")}};
  return lowered;
}

}  // namespace stackctl::exoscale
