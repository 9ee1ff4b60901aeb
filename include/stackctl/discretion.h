// Words for people without secrets: clouds quote what they refuse.
#pragma once

#include <string>
#include <vector>

#include "stackctl/flow.h"
#include "stackctl/value.h"

namespace stackctl {

/// The secrets in `value` that are long enough not to be parts of other words; the longest first,
/// since one may be a part of another.
std::vector<std::string> secrets_in(const Value& value);

/// `words` with "(secret)" for each of `secrets`.
std::string without(std::string words, const std::vector<std::string>& secrets);

/// What `next` tells people, without the secrets in `desired`.
Next discreet(Next next, const Value& desired);

}  // namespace stackctl
