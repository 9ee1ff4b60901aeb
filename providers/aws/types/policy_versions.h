// A change of a policy is a new version of it; AWS keeps five.
#pragma once

#include <vector>

#include "aws/api/api.h"
#include "stackctl/resource.h"

namespace stackctl::aws::identity {

/// The attribute with the ids of those that do not count any more, the newest first.
inline constexpr std::string_view kOldVersions = "OldVersions";

/// "PolicyDocument" and the old ones, out of all `versions` of a policy.
void show_versions(Map& shown, const Value& versions);

/// The calls that make `document` the one that counts.
std::vector<Call> new_version(const Api& api, const LiveObject& policy, const Value& document);
std::vector<Call> delete_old_versions(const Api& api, const LiveObject& policy);

}  // namespace stackctl::aws::identity
