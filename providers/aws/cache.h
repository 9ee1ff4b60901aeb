// What clusters and replication groups of ElastiCache have in common.
#pragma once

#include <string_view>

#include "stackctl/schema.h"
#include "stackctl/value.h"

namespace stackctl::aws {

/// The names of the security groups that are around a node.
List groups_of_node(const Value& node);

/// "Address", "Port", and both as "uri"; nothing where the endpoint is not there yet.
void show_endpoint(Map& shown, const Value& endpoint, std::string_view scheme);

/// As create and modify calls have it.
void write_groups(Map& parameters);

/// `own` and what both have; `name` is the attribute that AWS knows it by.
Schema cache_schema(std::string_view name, Schema own);

}  // namespace stackctl::aws
