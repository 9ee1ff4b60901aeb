// Instances that build images are told from others by the end of their address.
#pragma once

#include <string_view>

#include "stackctl/resource.h"

namespace stackctl::aws {

inline constexpr std::string_view kBuilder = "/builder";

bool is_builder(const LiveObject& machine);

}  // namespace stackctl::aws
