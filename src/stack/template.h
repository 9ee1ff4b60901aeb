// Files with placeholders, such as user data.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "stackctl/diagnostic.h"
#include "stackctl/value.h"

namespace stackctl::stack {

struct Filled {
  Value text;                       ///< deferred when a variable is not known yet
  std::vector<std::string> unused;  ///< variables that the text does not mention
};

/// `text` with each `${name}` replaced by the variable of that name. All else stays as it is, also
/// what a shell would replace: `$x`, `${HOME}`, `${x:-y}`. The path of a fault is the variable.
Result<Filled> fill_template(std::string_view text, const Map& variables);

}  // namespace stackctl::stack
