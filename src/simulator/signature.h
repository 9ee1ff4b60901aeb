// Verifies EXO2-HMAC-SHA256, written from the API's description alone: it shares no code with the
// provider that signs, so that one checks the other.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "stackctl/clock.h"
#include "stackctl/http.h"

namespace stackctl::simulator {

/// Nothing when `request` is signed with this key, covers all its query arguments and has not
/// expired; else the message of the refusal (status 403).
std::optional<std::string> check_signature(const http::Request& request, std::string_view key,
                                           std::string_view secret, Time now);

}  // namespace stackctl::simulator
