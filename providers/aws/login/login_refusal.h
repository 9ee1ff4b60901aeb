// Refusals that are about who asks, not about what.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "stackctl/http.h"

namespace stackctl::aws {

/// Why AWS takes no call signed with the credentials of `origin`, if `reply` says so: the same
/// words for all services and calls, so that it is told once.
std::optional<std::string> login_refusal(const http::Reply& reply, std::string_view origin);

}  // namespace stackctl::aws
