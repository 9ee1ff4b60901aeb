// What single instances and the templates of groups have in common.
#pragma once

#include <string_view>
#include <vector>

#include "stackctl/resource.h"
#include "stackctl/value.h"

namespace stackctl::aws {

/// What either is made of.
Schema machine_attributes();
bool is_of_disk(const Attribute& attribute);

/// As RunInstances and LaunchTemplateData take it. `interface` holds what only one of them knows of
/// its network interface.
Map machine_parameters(const Value& desired, Map interface = {});

/// `shown` (an instance, or the data of a template) with its parts under the names of attributes.
Map flat_machine(const Value& shown);

/// The instances in what "reservations" lists.
std::vector<const Value*> instances_in(const Value& listed);
/// "running", "shutting-down".
std::string_view state_of(const Value& instance);
/// Of which group it is a member, or "".
std::string_view group_of(const Value& instance);

}  // namespace stackctl::aws
