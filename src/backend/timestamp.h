// Moments as they are stored: RFC 3339 in UTC, whole seconds.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "stackctl/clock.h"

namespace stackctl::backend {

/// "2026-01-01T12:00:00Z"
std::string write_time(Time time);
/// Only the form that `write_time` gives, fractions of a second allowed and dropped.
std::optional<Time> read_time(std::string_view text);

}  // namespace stackctl::backend
