// Runs a program without a shell and returns what it prints.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "stackctl/clock.h"
#include "stackctl/diagnostic.h"

namespace stackctl::net {

struct CommandLimits {
  Duration timeout = std::chrono::seconds{60};
  std::size_t max_output = std::size_t{1} << 20;
};

/// The standard output of `command`, whose first element is looked up in PATH. Its standard input
/// is empty. A fault when it cannot start, ends other than with status 0, prints more than allowed
/// or takes too long (then it is killed). The fault names the program, never its arguments or
/// output; its detail is the last line of standard error.
Result<std::string> run_command(const std::vector<std::string>& command,
                                const CommandLimits& limits = {});

}  // namespace stackctl::net
