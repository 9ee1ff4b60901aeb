// Attributes have the names that they have on the wire; these functions bridge what is left.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "stackctl/resource.h"
#include "stackctl/value.h"

namespace stackctl::exoscale {

/// As a request body has it: references as {"id"} ({"name"} for SSH keys), user data in base64.
Value encode(const Attribute& attribute, const Value& value);

/// The declared attributes of `desired`, less `parent`, encoded.
Map encode_declared(const ResourceType& type, const Value& desired);

/// The attributes of `names`, encoded; the standard value where `desired` has none. An attribute
/// with neither is left out.
Map encode_these(const ResourceType& type, const Value& desired,
                 const std::vector<std::string>& names);

/// The object that `item` of a listing shows, without mark. What the cloud leaves out because it is
/// empty is filled in; attributes that listings never show stay null.
LiveObject decode_object(const ResourceType& type, const Value& item);

/// Calls `decode` for each well-formed item of `items`; the others become faults.
void for_each_item(const ResourceType& type, const Value& items, Diagnostics& faults,
                   const std::function<void(const Value& item)>& decode);

/// The parts that stand in the items of a listing, under `key` of each: rules in groups, services
/// in balancers. `parents` are the items, decoded, in their order. The id of a part becomes
/// "PARENT/PART", its attribute `type.parent` the parent's id; `complete` does the rest.
std::vector<LiveObject> decode_parts(const ResourceType& type, const Value& items,
                                     std::string_view key, const std::vector<LiveObject>& parents,
                                     Diagnostics& faults,
                                     const std::function<void(LiveObject& part, const Value& item,
                                                              const LiveObject& parent)>& complete);

/// Text of a secret, so that the two compare.
Value plain_text(const Value& value);
/// An address as a block of one: "192.0.2.1/32".
Value full_block(const Value& value);

/// User data as both kinds of machines have it. Live values are secrets: they may hold passwords.
Attribute user_data();

/// "/load-balancer/ID"; for the id of a part, "/load-balancer/ID/service/ID".
std::string path_to(std::string_view collection, std::string_view id,
                    std::string_view part_collection = {});

}  // namespace stackctl::exoscale
