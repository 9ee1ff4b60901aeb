// Balancers stand in their subnets, and wear their groups, for minutes after they were deleted.
#pragma once

#include <string_view>

#include "aws/api/api.h"
#include "stackctl/flow.h"

namespace stackctl::aws {

/// Goes on after `call` of a removal until the interfaces of the balancer are gone. `name` is what
/// they are described by: "app/web/50dc6c495c0c9188" or, of classic ones, "web".
Progress until_interfaces_go(const Api& api, const Work& work, const Call& call,
                             const Value& answer, std::string_view name);

}  // namespace stackctl::aws
