// What lowerings of every cloud need.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "stackctl/resource.h"
#include "stackctl/schema.h"
#include "stackctl/value.h"

namespace stackctl {

/// An object under construction, with where its attributes come from.
struct Draft {
  Object object;
  Map attributes;
  Origins origins;

  Draft(std::string address, const ResourceType& type);
  /// Null values are left out. `origin` is the path in the declaration; empty: the same name.
  void set(std::string_view attribute, Value value, std::string_view origin = {});
  Object finish() &&;
};

/// The reference to an attribute of a native object.
inline Value refer(std::string address, std::string attribute = "id") {
  return Reference{std::move(address), std::move(attribute)};
}

Diagnostic fault_at(std::string path, std::string summary, std::string hint = {});

/// Takes over the attributes of the block of the declaration that is named after the cloud; only
/// `allowed` ones. What the block may hold beside attributes of the type, `more`, is checked and
/// left to the caller.
void set_native(Draft& draft, const Declaration& declaration,
                const std::vector<std::string_view>& allowed, Diagnostics& faults,
                Schema more = {});

}  // namespace stackctl
