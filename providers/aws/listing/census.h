// Of which types a stack owns any: one call of the tagging API answers that for many types.
#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "aws/api/api.h"
#include "stackctl/flow.h"
#include "stackctl/resource.h"

namespace stackctl::aws {

/// The listing behind it, and the list in what it reads.
inline constexpr std::string_view kTagged = "tagged";
/// `lookups` holds the parameters of the call.
std::vector<Call> list_tagged(const Api& api, std::span<const Value> lookups);

/// See `Connection::census`.
std::unique_ptr<Flow> count_owned(const Api& api, std::string_view stack,
                                  std::span<const ResourceType* const> types);

/// The counted types of what `arn` names; none where no type is meant.
std::vector<const ResourceType*> counted_as(std::string_view arn);

}  // namespace stackctl::aws
