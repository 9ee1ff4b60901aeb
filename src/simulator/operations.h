// Asynchronous operations: begun by handlers (see type.h), ended by events.
#pragma once

#include "simulator/type.h"

namespace stackctl::simulator {

/// Runs the action of a due event and ends its operation.
void carry_out(Account& account, const Event& event);

}  // namespace stackctl::simulator
