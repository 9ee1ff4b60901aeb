// A diagnostic for people, with the line that it is about.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "stackctl/diagnostic.h"

namespace stackctl::stack {

using Sources = std::map<std::string, std::string, std::less<>>;

/// Several lines, each with its end:
///
///     stack.yaml:14:9: error: unknown attribute 'sise'
///       14 |     sise: small
///          |     ^~~~
///       hint: did you mean 'size'?
///
/// Without the excerpt when `sources` lacks the file. Control characters are made visible, so that
/// a file cannot steer the terminal. Long lines are cut around the place.
std::string render(const Diagnostic& diagnostic, const Sources& sources);

}  // namespace stackctl::stack
