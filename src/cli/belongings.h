// What a stack owns among the live objects.
#pragma once

#include <string_view>
#include <vector>

#include "engine/live.h"

namespace stackctl::cli {

/// The objects that bear the stack's mark and the parts of those; sorted by address and type.
std::vector<const LiveObject*> belongings(const engine::Live& live, std::string_view stack);

/// "web", or for a part without a mark, the id.
std::string name_of(const LiveObject& object);

}  // namespace stackctl::cli
