// The words of security groups' rules.
#pragma once

#include <string>
#include <string_view>

#include "stackctl/value.h"

namespace stackctl::aws {

/// AWS knows some protocols by name and others by number: "esp" for "50", "all" for "-1".
Value protocol_name(const Value& protocol);
/// The other way round.
Value protocol_on_wire(const Value& protocol);

/// Whether rules for it have ports (of ICMP: types and codes).
bool has_ports(std::string_view protocol_name);

/// The last part of a rule's address, from its attributes: "ingress-tcp-3306-web-sg". `peer` is the
/// address of the group that it names, or its id when it is not ours; empty for blocks. A block
/// that is not known yet is called by what it is made of.
std::string rule_name(const Value& rule, std::string_view peer);

}  // namespace stackctl::aws
