// One native type: its table, and what it does on the wire.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api.h"
#include "stackctl/flow.h"
#include "stackctl/resource.h"

namespace stackctl::aws {

struct Type {
  ResourceType resource;  ///< its `listing` is a name in listings.cpp
  const Service* service = &ec2;
  /// The attribute by which the service knows it where tags are changed.
  std::string_view tagged_by = "id";
  /// The objects of this type in the answer to its listing, with their marks.
  std::vector<LiveObject> (*decode)(const ResourceType& type, const Value& listed,
                                    Diagnostics& faults) = nullptr;
  /// Null for types that are only looked up. It writes the mark.
  Call (*create)(const Api& api, const Work& work) = nullptr;
  /// Of all that changed but tags and mark. Null for types where nothing else can.
  std::vector<Call> (*update)(const Api& api, const Work& work, const LiveObject& live) = nullptr;
  std::vector<Call> (*remove)(const Api& api, const LiveObject& live) = nullptr;
  /// What a ready object still lacks; null: nothing.
  std::string (*awaits)(const Work& work, const LiveObject& live) = nullptr;
  /// How an accepted call goes on; null: it is settled, and the listing shows what became of it.
  Progress (*follow)(const Api& api, const Work& work, const Call& call,
                     const Value& answer) = nullptr;
  /// Where the answer to the create call says the new id: "vpc/vpcId". Empty: nowhere, so that the
  /// object is recognised by its mark or key.
  std::string_view created_id = {};
  /// The same, where it is more than a path.
  std::string (*id_in)(const Work& work, const Value& answer) = nullptr;
  /// Outputs that nothing but the answer to the create call tells.
  Value (*told)(const Value& answer) = nullptr;
};

}  // namespace stackctl::aws
