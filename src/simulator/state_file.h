// The state of a simulated account in a file, so that a later run continues.
#pragma once

#include <optional>
#include <string>

#include "simulator/cloud.h"

namespace stackctl::simulator {

/// Loads `path` into `cloud`; a file that is not there leaves the cloud as it is.
std::optional<Diagnostic> load_state(Cloud& cloud, const std::string& path, Time now);

/// Writes the state readable by its owner only, and whole: a crash leaves the old file or the new.
std::optional<Diagnostic> save_state(const Cloud& cloud, const std::string& path);

}  // namespace stackctl::simulator
