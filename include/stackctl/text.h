// Small text tools that several layers need.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "stackctl/clock.h"
#include "stackctl/diagnostic.h"

namespace stackctl {

/// The candidate nearest to `word` by edit distance, or empty when none is near enough to help.
std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates);

/// "did you mean 'size'?", or, without a near one, "expected one of: a, b, c".
std::string suggest(std::string_view word, std::span<const std::string_view> candidates);

std::string join(std::span<const std::string> parts, std::string_view separator);
std::vector<std::string> split(std::string_view text, char separator);
std::string_view trim(std::string_view text);
std::string to_lower(std::string_view text);
bool is_uuid(std::string_view text);

/// What somebody else says, fit to be shown: without control characters, cut to some lines.
std::string harmless(std::string_view words);

/// "10s", "1h30m", "250ms"; a bare number means seconds.
Result<Duration> parse_duration(std::string_view text);
/// "1h 2m", "4m 12s", "12s", "0.3s", "14ms".
std::string display(Duration duration);

}  // namespace stackctl
