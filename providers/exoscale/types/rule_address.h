// The readable address of a security group's rule: the same from the stack file and from the cloud.
#pragma once

#include <string>
#include <string_view>

#include "stackctl/value.h"

namespace stackctl::exoscale {

/// "db-sg/ingress-tcp-3306-web-sg" from the rule's native attributes. `peer` is the address of the
/// security group that the rule names, or its name when it is not ours; empty for a CIDR block.
std::string rule_address(std::string_view group, const Value& rule, std::string_view peer);

}  // namespace stackctl::exoscale
