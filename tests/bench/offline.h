// What the planner costs without any call.
#pragma once

#include <cstddef>
#include <span>

#include "stackctl/value.h"

namespace bench {

/// CPU seconds and peak memory of load + lower + diff + plan for stacks of those sizes: once with
/// everything to create, and once with everything there and unchanged. To be called before anything
/// else has taken memory.
stackctl::Value offline(std::span<const std::size_t> sizes);

}  // namespace bench
