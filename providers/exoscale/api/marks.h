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

/// "front ends [stackctl wordpress web-sg]"; with the spec behind it where the description can be
/// rewritten.
std::string with_mark(std::string_view description, const Mark& mark);
std::string with_mark_and_spec(std::string_view description, const Mark& mark);
/// Moves the mark from the "description" of `live` to its place.
void take_mark_from_description(LiveObject& live);

/// "stackctl:1.spec": the description of a part that belongs to what owns its parent.
std::string spec_text(const Mark& mark);
/// Gives `part` the mark of its owner, with its own name ("/NAME") and the spec in the
/// "description" of `item`.
void take_spec_from_description(LiveObject& part, const Value& item, const LiveObject& owner);

/// "stackctl.wordpress.admin", "stackctl.wordpress.admin.5b0.5d" for "admin[0]": of what has
/// nothing but its name. Letters, digits and "._-" only.
std::string marked_name(std::string_view stack, std::string_view address);
std::optional<Mark> mark_in_name(std::string_view name);

/// The same where names are lower case and without dots: "stackctl-9-wordpress-db", with the length
/// of the stack's name. At most 63 characters are allowed there; longer ones are the caller's
/// fault.
std::string marked_dashed_name(std::string_view stack, std::string_view address);
std::optional<Mark> mark_in_dashed_name(std::string_view name);
constexpr std::size_t kLongestDashedName = 63;

}  // namespace stackctl::exoscale
