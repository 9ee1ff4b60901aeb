// Health checks of load balancers and addresses: the same words become nearly the same.
#pragma once

#include <string>

#include "stackctl/resource.h"

namespace stackctl::exoscale {

/// What both have of `health`, which stands at `path`; `port` where it has none. Its retries are
/// the caller's: they have two names.
Map health_check(const Value& health, const Value& port, const std::string& path,
                 Diagnostics& faults);

}  // namespace stackctl::exoscale
