// Declarations lowered to the native objects that the stack should consist of.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/binding.h"
#include "stackctl/diagnostic.h"
#include "stackctl/resource.h"

namespace stackctl::engine {

/// What all objects of a resource share.
struct Declared {
  Lifecycle lifecycle = {};  ///< `adopt` and hooks are the main object's
  Location location = {};    ///< of the resource
  std::shared_ptr<const Places> locations = {};
};

struct DesiredObject {
  Object object;  ///< attributes refer to other objects, no longer to resources
  std::size_t binding = 0;
  std::string resource;  ///< address of its declaration
  /// Addresses of the objects that must be there first: references, the parent, `depends_on`.
  std::vector<std::string> needs = {};
  std::shared_ptr<const Declared> declared = std::make_shared<const Declared>();
};

/// Where the stack file says what became `attribute` of an object with those `origins`.
const Location& place_of(const Declared& declared, const Origins* origins,
                         std::string_view attribute);

/// Whether it is what the stack file calls by the resource's own name.
inline bool is_main(const DesiredObject& desired) {
  return desired.object.address == desired.resource;
}

struct Desired {
  std::string stack;
  std::vector<DesiredObject> objects;  ///< dependencies first
  /// Resource → kind attribute → its meaning in terms of objects.
  std::unordered_map<std::string, Map> meanings;
  Diagnostics faults;

  /// Rewrites references to resources into references to objects; unknown ones become `problems`.
  /// `resource` is the one that the value stands in; empty for outputs.
  Value bind(const Value& value, const std::string& resource, Diagnostics& problems) const;
  const DesiredObject* find(std::string_view address) const;
};

/// The lifecycles of `declarations` by address, with what their hooks refer to in terms of objects.
/// `desired` is what they were lowered to.
std::map<std::string, Lifecycle> bound_lifecycles(std::span<const Declaration> declarations,
                                                  const Desired& desired);

/// Lowers every declaration, binds the references, orders the objects. Dependency cycles are faults
/// that name their members. An empty span gives the desired state of `destroy`.
Desired lower(std::string stack, std::span<const Declaration> declarations,
              const Bindings& bindings);

}  // namespace stackctl::engine
