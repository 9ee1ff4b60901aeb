// Objects that are listed inside others, which own them.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "stackctl/resource.h"

namespace stackctl::aws {

const LiveObject* find_id(std::span<const LiveObject> objects, std::string_view id);

/// Our own name of the object of `id`, below its resource ("private-a"); the id of others.
std::string short_name_of(std::span<const LiveObject> objects, std::string_view id);

/// Calls `decode` for each part in the list called `list` of each item of `items`, with the one of
/// `parents` whose id the item names as `id_name`. Malformed items are told with the parents.
void for_each_part(const ResourceType& type, const Value& items, std::string_view id_name,
                   std::string_view list, std::span<const LiveObject> parents, Diagnostics& faults,
                   const std::function<void(const Value& part, const LiveObject& parent)>& decode);

/// Makes `part` what its parent is: owned by the same stack, at an address below.
void take_mark_of(LiveObject& part, const LiveObject& parent, std::string_view name);

}  // namespace stackctl::aws
