// The user's real machine, for the providers that look for credentials in it.
#pragma once

#include "stackctl/provider.h"

namespace stackctl::net {

/// Environment, files and commands of this process. Files that cannot be read, are no plain text
/// source (directories) or are larger than 16 MiB count as missing; commands run as `run_command`
/// says.
Surroundings real_surroundings();

}  // namespace stackctl::net
