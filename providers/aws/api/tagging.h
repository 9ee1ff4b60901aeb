// The ownership mark, in tags.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "api.h"
#include "stackctl/resource.h"

namespace stackctl::aws {

/// The tag that says whose it is.
inline constexpr std::string_view kStackTag = "stackctl:stack";
inline constexpr std::string_view kAddressTag = "stackctl:address";

/// AWS's tags hold letters, digits, blanks and "+-=._:/@"; whatever else an address holds is
/// written as "=" and two hexadecimal digits.
std::string escaped(std::string_view address);
std::string unescaped(std::string_view text);

/// The user's tags, the mark's, and the name's where that is one.
Map marked_tags(const Work& work);

/// [{Key, Value}, …], as create calls have them.
List tag_list(const Map& tags);
List tag_list(const Work& work);

/// The same for auto scaling groups: members get the user's, not the mark.
List group_tags(const List& tags, std::string_view group);

/// EC2's way to tag what a create call makes; `resource` is its word for the type: "vpc".
Value tag_specification(std::string_view resource, const Work& work);

/// Gives a create call of `service` its tags; `word` is EC2's for the type.
void add_tags(Map& parameters, const Service& service, std::string_view word, const Work& work);

/// Whether `work` changes what stands in tags.
bool changes_tags(const Work& work);

/// Whether a list of tags holds a mark, of whatever stack.
bool bears_mark(std::span<const Value> tags);

/// Moves the mark from the "Tags" of `live` to its place.
void take_mark(LiveObject& live);

/// The calls that give `live` the tags and the mark of `work`. `resource` is what the service knows
/// it by: an id, an ARN, a name.
std::vector<Call> tag_calls(const Api& api, const Service& service, std::string_view resource,
                            const Work& work, const LiveObject& live);

}  // namespace stackctl::aws
