// What an account holds, without what chance and the clock put into it: two accounts in which the
// same was done in another way, or at another time, give the same picture.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "stackctl/value.h"

namespace support {

/// The objects of a saved simulator state: table → id → record.
stackctl::Value objects_in(std::string_view saved);

/// One line an object that is not in `foreign`, in alphabetical order. Ids and addresses of objects
/// are written as what they stand for: the owner's place in its stack, or its name. What happened
/// to an object of `foreign` is told as well.
std::string picture(const stackctl::Value& objects, const stackctl::Value& foreign);

/// The lines that only one of two pictures has, each behind '-' (expected) or '+'.
std::string difference(std::string_view expected, std::string_view found);

}  // namespace support
