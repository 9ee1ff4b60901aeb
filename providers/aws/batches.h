// Calls that ask for several things at once.
#pragma once

#include <vector>

#include "stackctl/flow.h"

namespace stackctl::aws {

/// `call` for each of the things whose tags it asks for. None where that is one thing.
std::vector<Call> apart(const Call& call);

}  // namespace stackctl::aws
