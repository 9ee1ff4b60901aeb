// The variables of a stack: declared in the file, given from outside.
#pragma once

#include "stack/context.h"
#include "stack/given.h"

namespace stackctl::stack {

/// The value of the variable that `entry` declares: what is given, else its default; checked.
/// Faults are reported where the value stands, or where it was declared when it stands in no file.
/// No fault shows the value of a secret variable.
Value variable_value(const Entry& entry, const GivenValues& given, const Scope& scope,
                     Context& context);

}  // namespace stackctl::stack
