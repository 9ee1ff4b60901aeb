// Where the ownership mark stands on each type: labels, description, name.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "stackctl/resource.h"
#include "stackctl/value.h"

namespace stackctl::exoscale {

/// The user's labels and the mark's.
Value with_mark(const Value& labels, const Mark& mark);
/// Moves the mark from the "labels" of `live` to its place.
void take_mark_from_labels(LiveObject& live);

/// "front ends [stackctl wordpress web-sg]"
std::string with_mark(std::string_view description, const Mark& mark);
/// Moves the mark from the "description" of `live` to its place.
void take_mark_from_description(LiveObject& live);

/// "stackctl.wordpress.admin": an SSH key has nothing but its name.
std::string marked_name(std::string_view stack, std::string_view address);
std::optional<Mark> mark_in_name(std::string_view name);

}  // namespace stackctl::exoscale
