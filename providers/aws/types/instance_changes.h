// What of an instance can change while it lives.
#pragma once

#include <string_view>
#include <vector>

#include "aws/api/api.h"
#include "stackctl/flow.h"
#include "stackctl/resource.h"

namespace stackctl::aws {

bool is_changeable(const Attribute& attribute);

std::vector<Call> change_instance(const Api& api, const Work& work, const LiveObject& live);

}  // namespace stackctl::aws
