// The log of calls on standard error, for `STACKCTL_LOG`.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "engine/dispatcher.h"

namespace stackctl::cli {

/// Logs every attempt: operation, method, address, status, time; no headers and no bodies. Calls
/// that were accepted at "debug", others at "warn". An empty or unknown level: no log, and the
/// function is empty.
engine::Dispatcher::Observe call_log(const std::string& level,
                                     std::function<void(std::string_view)> write);

}  // namespace stackctl::cli
