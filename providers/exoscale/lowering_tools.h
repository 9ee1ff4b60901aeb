// What several lowerings need.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "stackctl/provider.h"
#include "type.h"

namespace stackctl::exoscale {

/// An object under construction, with where its attributes come from.
struct Draft {
  Object object;
  Map attributes;
  Origins origins;

  Draft(std::string address, const Type& type);
  /// Null values are left out. `origin` is the path in the declaration; empty: the same name.
  void set(std::string_view attribute, Value value, std::string_view origin = {});
  Object finish() &&;
};

/// The reference to an attribute of a native object.
inline Value refer(std::string address, std::string attribute = "id") {
  return Reference{std::move(address), std::move(attribute)};
}

Diagnostic fault_at(std::string path, std::string summary, std::string hint = {});

/// Takes over the attributes of the declaration's `exoscale:` block; only `allowed` ones. What the
/// block may hold beside attributes of the type, `more`, is checked and left to the caller.
void set_native(Draft& draft, const Declaration& declaration,
                const std::vector<std::string_view>& allowed, Diagnostics& faults,
                Schema more = {});

/// A name that Exoscale takes for a host name.
std::string host_name(std::string_view physical_name);

}  // namespace stackctl::exoscale
