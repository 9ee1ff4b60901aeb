// Calls that ask for several things at once.
#pragma once

#include <cstddef>
#include <vector>

#include "stackctl/flow.h"

namespace stackctl::aws {

/// `call` for each of the things whose tags it asks for. None where that is one thing.
std::vector<Call> apart(const Call& call);

/// How many things may be named where tags are asked for.
inline constexpr std::size_t kTagsBatch = 20;
/// See `Reading::unite`: tags of whatever things of one service are asked for together.
bool unite(Call& waiting, Call& more);

}  // namespace stackctl::aws
