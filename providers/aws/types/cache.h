// What clusters and replication groups of ElastiCache have in common.
#pragma once

#include <string_view>

#include "stackctl/schema.h"

namespace stackctl::aws {

/// `own` and what both have; `name` is the attribute that AWS knows it by.
Schema cache_schema(std::string_view name, Schema own);

}  // namespace stackctl::aws
