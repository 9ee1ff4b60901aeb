// The table of a provider's native types: what they are for everybody is a member of what they are
// for their provider.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "stackctl/resource.h"

namespace stackctl {

/// The `resource` of each type in `types`, an array of pointers.
template <const auto& types>
constexpr auto resource_types_of() {
  return []<std::size_t... index>(std::index_sequence<index...> /*all*/) {
    return std::array<const ResourceType*, sizeof...(index)>{&types[index]->resource...};
  }
  (std::make_index_sequence<types.size()>());
}

/// The type of which `resource` is the member; it must be there.
template <typename Type, std::size_t size>
const Type* type_with(const std::array<const Type*, size>& types, const ResourceType& resource) {
  return *std::ranges::find(types, &resource, [](const Type* type) { return &type->resource; });
}

}  // namespace stackctl
