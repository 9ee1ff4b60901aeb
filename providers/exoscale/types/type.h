// One native type: its table, and what it does on the wire.
#pragma once

#include <string_view>
#include <vector>

#include "exoscale/api/operations.h"
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
  /// What a ready object still lacks; null: nothing.
  std::string (*awaits)(const Work& work, const LiveObject& live) = nullptr;
  /// The id of a new object; null: that to which the operation refers (none for parts).
  std::string (*created_id)(const Work& work, const http::Reply& reply) = nullptr;
  /// Outputs that nothing but the answer to the create call tells.
  Value (*told)(const http::Reply& reply) = nullptr;
  /// How an accepted call goes on; null: its answer is an operation of the JSON API.
  Progress (*follow)(const Api& api, const Call& call, const http::Reply& reply) = nullptr;
};

}  // namespace stackctl::exoscale
