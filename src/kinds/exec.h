// Declarations of kind `exec` become hooks of the resources whose life they go with.
#pragma once

#include <vector>

#include "stackctl/diagnostic.h"
#include "stackctl/resource.h"

namespace stackctl::kinds {

/// Takes the commands out of `declarations`; who depends on one depends on what it goes with.
Diagnostics fold_commands(std::vector<Declaration>& declarations);

}  // namespace stackctl::kinds
