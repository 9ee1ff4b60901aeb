#include "rule_address.h"

#include <algorithm>

namespace stackctl::exoscale {

std::string rule_address(std::string_view group, const Value& rule, std::string_view peer) {
  std::string name(rule.text_at("flow-direction"));
  name.append("-").append(rule.text_at("protocol"));
  const Value& first = rule["start-port"];
  const Value& last = rule["end-port"];
  if (!first.is_null()) name += '-' + display(first);
  if (!last.is_null() && !(last == first)) name += '-' + display(last);
  name.append("-").append(peer.empty() ? rule.text_at("network") : peer);
  for (const Reference& part : references(rule["network"]))
    name.append(part.target).append(".").append(part.attribute);
  std::ranges::replace(name, '/',
                       '-');  // of a CIDR block: a slash separates the parts of addresses
  return std::string(group) + '/' + name;
}

}  // namespace stackctl::exoscale
