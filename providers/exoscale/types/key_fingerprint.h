// Public keys as the cloud shows them.
#pragma once

#include <string_view>

#include "stackctl/value.h"

namespace stackctl::exoscale {

/// The MD5 fingerprint of an OpenSSH line. The cloud shows no more of a key, so keys are compared
/// by it; a fingerprint stays as it is.
Value key_fingerprint(const Value& value);

bool is_fingerprint(std::string_view text);

}  // namespace stackctl::exoscale
