// What failed in a step, for people.
#pragma once

#include "stackctl/diagnostic.h"
#include "stackctl/provider.h"

namespace stackctl::engine {

/// With the account that it happened in: "cloud zone-2: the name is taken".
Diagnostic with_account(Diagnostic why, const Connection& connection);

}  // namespace stackctl::engine
