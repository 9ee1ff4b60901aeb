// What several lowerings need.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "exoscale/types/type.h"
#include "stackctl/lowering.h"
#include "stackctl/provider.h"

namespace stackctl::exoscale {

/// A name that Exoscale takes for a host name.
std::string host_name(std::string_view physical_name);

}  // namespace stackctl::exoscale
