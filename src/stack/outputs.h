// What a stack tells when it is applied.
#pragma once

#include <vector>

#include "stack/context.h"

namespace stackctl::stack {

/// The outputs of `section`, which may be null. `name: VALUE`, or a map with `value`, `description`
/// and `secret`.
std::vector<Output> read_outputs(const Node* section, const Scope& scope, Context& context);

}  // namespace stackctl::stack
