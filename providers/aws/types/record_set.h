// The record sets of Route 53, one for each name and type: as lists have them, and as changes do.
#pragma once

#include <cstdint>
#include <string_view>

#include "aws/api/api.h"
#include "stackctl/value.h"

namespace stackctl::aws::dns {

/// Seconds that others may remember a record of which nothing else is said.
inline constexpr std::int64_t kUsualTtl = 300;

/// What is listed, without the wrappers of XML.
Map plain_set(const Value& listed);

/// A batch that does `action` ("CREATE", "UPSERT", "DELETE") to all of `sets`, or to none.
Call change_batch(const Api& api, std::string_view action, std::string_view zone, const List& sets);

}  // namespace stackctl::aws::dns
