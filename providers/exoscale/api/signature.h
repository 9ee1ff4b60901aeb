// EXO2-HMAC-SHA256 request signatures.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "stackctl/http.h"

namespace stackctl::exoscale {

/// What is signed: method, path as sent, body, decoded query values in the order of their names,
/// time of expiry. Arguments that occur twice are left out.
std::string signed_message(const http::Request& request, std::int64_t expires);

/// The value of the Authorization header. `expires` is in Unix seconds.
std::string authorization(const http::Request& request, std::string_view key,
                          std::string_view secret, std::int64_t expires);

}  // namespace stackctl::exoscale
