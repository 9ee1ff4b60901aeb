#include "own_group.h"

#include <algorithm>
#include <utility>

#include "aws/api/wire.h"
#include "aws/types/firewall_rule.h"
#include "aws/types/types.h"
#include "lowering_tools.h"

namespace stackctl::aws {
namespace {

/// An address is the block of itself.
Value block_of(const Value& from, bool is_ipv6) {
  const bool is_block = from.text() == nullptr || from.text()->find('/') != std::string::npos;
  return canonical_block(is_block ? from : Value(*from.text() + (is_ipv6 ? "/128" : "/32")));
}

Object rule_of(const std::string& group, const Opening& opening, const Value& from) {
  const bool is_ipv6 = from.text() != nullptr && from.text()->find(':') != std::string::npos;
  Draft rule("", security_group_rule.resource);
  rule.set("GroupId", refer(group), opening.origin);
  rule.set("IsEgress", false, opening.origin);
  rule.set("IpProtocol", opening.protocol, opening.origin);
  rule.set("FromPort", opening.port, opening.origin);
  rule.set("ToPort", opening.port, opening.origin);
  rule.set(is_ipv6 ? "CidrIpv6" : "CidrIpv4", block_of(from, is_ipv6), opening.origin);
  rule.object.address = group + '/' + rule_name(rule.attributes, "");
  return std::move(rule).finish();
}

}  // namespace

Value own_group(const Declaration& declaration, const LoweringContext& context,
                const std::vector<Opening>& openings, Lowered& lowered) {
  const std::string address = declaration.address + "/firewall";
  Draft group(address, security_group.resource);
  constexpr std::size_t longest = 255;
  group.set("GroupName", short_name(context.physical_name(address), longest));
  group.set("GroupDescription", "Around " + declaration.address);
  group.set("VpcId", vpc_or_default(declaration, declaration.attributes["networks"], lowered),
            "networks");
  lowered.objects.push_back(std::move(group).finish());
  const Value anywhere = List{"0.0.0.0/0"};
  for (const Opening& opening : openings)
    for (const Value& from : (opening.from.is_null() ? anywhere : opening.from).items()) {
      Object rule = rule_of(address, opening, from);
      const bool is_there = std::ranges::find(lowered.objects, rule.address, &Object::address) !=
                            lowered.objects.end();
      if (!is_there) lowered.objects.push_back(std::move(rule));
    }
  return refer(address);
}

}  // namespace stackctl::aws
