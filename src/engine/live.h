// The live objects of every type in use, read in batches.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "engine/binding.h"
#include "engine/desired.h"
#include "engine/runner.h"
#include "engine/scope.h"
#include "stackctl/resource.h"

namespace stackctl::engine {

struct BoundObject {
  LiveObject object;
  std::size_t binding = 0;
};

struct Live {
  std::vector<BoundObject> objects;  ///< ours and others'
  std::size_t calls = 0;
  Duration took{};
  Diagnostics faults;
};

/// Lists all types that may bear the stack's mark, but for those that a census spares, and what
/// `desired` looks up. One flow per listing, all at once.
Live refresh(Runner& runner, const Bindings& bindings, const Desired& desired,
             Detail detail = Detail::asked);

/// Whether the mark says that `stack` owns it.
inline bool owned_by(const LiveObject& object, std::string_view stack) {
  return object.mark && object.mark->stack == stack;
}

}  // namespace stackctl::engine
