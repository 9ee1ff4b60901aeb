// Stacks of any size.
#pragma once

#include <cstddef>
#include <string>

namespace bench {

/// A stack file of that many resources, half of them firewalls of a machine each.
std::string big_stack(std::size_t resources);

/// A stack file that becomes about that many objects, of eight types.
std::string mixed_stack(std::size_t objects);

/// A stack file of one pool with that many members.
std::string pool_stack(std::size_t members);

}  // namespace bench
