// Whether references name what the schema wants.
#pragma once

#include <functional>
#include <string_view>

#include "stackctl/resource.h"

namespace stackctl::stack {

/// The kind of a resource of the stack; null when it is unknown.
using KindOf = std::function<const Kind*(std::string_view resource)>;

/// Looks at each reference in `attributes`: a reference to a resource as a whole must stand where
/// the schema wants one, and name a resource of the right kind. Faults carry their `path`.
void check_references(const Map& attributes, const Schema& schema, const KindOf& kind_of,
                      Diagnostics& faults);

}  // namespace stackctl::stack
