// Rules as EC2 lists and takes them: a permission is a protocol with its ports, and lists of other
// sides.
#pragma once

#include <vector>

#include "stackctl/resource.h"

namespace stackctl::aws {

/// The rules in a permission, one for each other side, by the attributes of
/// aws.security_group_rule.
std::vector<Map> rules_in(const Schema& schema, const Value& permission, bool is_egress);

/// The permission that is only `rule`; a null description says nothing about it.
Map permission_of(const Value& rule, const Value& description);

}  // namespace stackctl::aws
