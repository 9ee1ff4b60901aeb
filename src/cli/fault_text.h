// Faults for people: what, where, why, and the way out.
#pragma once

#include <map>
#include <string>

#include "cli/style.h"
#include "stackctl/diagnostic.h"

namespace stackctl::cli {

/// `sources` are the files that can be quoted.
Text fault_text(const Diagnostic& fault,
                const std::map<std::string, std::string, std::less<>>& sources);

/// "stack.yaml:12:9", or empty.
std::string place_text(const Location& location);

}  // namespace stackctl::cli
