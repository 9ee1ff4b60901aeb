// The policies of a role: its own by name, and those that are attached to it.
#pragma once

#include <vector>

#include "aws/api/api.h"
#include "stackctl/resource.h"

namespace stackctl::aws::identity {

/// The calls that leave `role` with just these own ones, a map of documents.
std::vector<Call> change_own(const Api& api, const LiveObject& role, const Value& wanted);
/// The same of attached ones, a list of ARNs.
std::vector<Call> change_attached(const Api& api, const LiveObject& role, const Value& wanted);
/// The calls that leave it without any.
std::vector<Call> take_all_policies(const Api& api, const LiveObject& role);

}  // namespace stackctl::aws::identity
