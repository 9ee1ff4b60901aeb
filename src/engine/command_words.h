// What a hook is in terms of the machine: words, environment, secrets.
#pragma once

#include "engine/commands.h"
#include "stackctl/value.h"

namespace stackctl::engine {

/// `arguments` and `environment` as a hook has them, all known. A secret among the arguments is a
/// fault: everybody on the machine could read it.
Result<Command> command_of(const Value& arguments, const Value& environment);

}  // namespace stackctl::engine
