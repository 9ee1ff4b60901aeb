// Resources that would be one and the same object in the cloud.
#pragma once

#include "engine/desired.h"

namespace stackctl::engine {

/// Adds a fault for each desired object whose key another one has, where the cloud takes a key
/// once.
void check_duplicates(Desired& desired);

}  // namespace stackctl::engine
