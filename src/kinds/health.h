// How instances are found to be well, by load balancers and by addresses.
#pragma once

#include "stackctl/schema.h"

namespace stackctl::kinds {

/// `port` differs: some know where to ask, others have to be told.
Schema health_check(Attribute port);

}  // namespace stackctl::kinds
