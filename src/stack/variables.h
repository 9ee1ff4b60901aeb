// The variables of a stack: declared in the file, given from outside.
#pragma once

#include "stack/context.h"

namespace stackctl::stack {

/// The value of the variable that `entry` declares, from --var, the environment, or its default,
/// checked. Faults are reported.
Value variable_value(const Entry& entry, const Scope& scope, Context& context);

/// Reports --var names that no variable of `section` (which may be null) has.
void check_given_names(const Node* section, Context& context);

}  // namespace stackctl::stack
