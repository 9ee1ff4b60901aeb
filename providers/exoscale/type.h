// One native type: its table, and what it does on the wire.
#pragma once

#include <string_view>
#include <vector>

#include "operations.h"
#include "stackctl/flow.h"
#include "stackctl/resource.h"

namespace stackctl::exoscale {

struct Type {
  ResourceType resource;  ///< its `listing` is the path that is read
  /// The objects of this type in the answer to its listing.
  std::vector<LiveObject> (*decode)(const ResourceType& type, const Value& listed,
                                    Diagnostics& faults) = nullptr;
  /// Null for types that are only looked up.
  Call (*create)(const Api& api, const Work& work) = nullptr;
  /// Null for types that never change.
  std::vector<Call> (*update)(const Api& api, const Work& work, const LiveObject& live) = nullptr;
  std::vector<Call> (*remove)(const Api& api, const LiveObject& live) = nullptr;
};

}  // namespace stackctl::exoscale
