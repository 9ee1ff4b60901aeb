// What aws.instance and aws.builder have in common: RunInstances makes them, one at a time.
#pragma once

#include <string_view>
#include <vector>

#include "aws/api/api.h"
#include "stackctl/flow.h"
#include "stackctl/resource.h"

namespace stackctl::aws {

/// Name, what it is made of (none of which changes while it lives), and tags.
Schema single_machine();

/// `item` of what "reservations" lists, with `more` that stands elsewhere.
LiveObject decode_machine(const ResourceType& type, const Value& item, const Map& more = {});

/// The call that makes it, with `more` parameters; its disk gets the same tags, but no mark.
Call run_machine(const Api& api, const Work& work, const Map& more);

Call terminate_machine(const Api& api, const LiveObject& live);
/// Until it is gone it holds its subnet, its groups and its address.
Progress follow_machine(const Api& api, const Work& work, const Call& call, const Value& answer);

}  // namespace stackctl::aws
