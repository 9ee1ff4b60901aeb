// What each source of credentials is asked, and what its answers say.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "source.h"
#include "stackctl/flow.h"

namespace stackctl::aws {

/// What an answer leads to.
using Answered = std::variant<Credentials, Call, Diagnostic>;

struct Exchange {
  Call call;         ///< the first
  int attempts = 1;  ///< while nobody can be reached
  std::function<Answered(const http::Reply&)> take;
  /// What to do when it is refused for the token; may be empty.
  std::string hint = {};
};

struct Circumstances {
  std::string sts_endpoint;
  Surroundings surroundings;
};

/// Some credentials are there without a call; others cannot even be asked for.
using Beginning = std::variant<Credentials, Exchange, Diagnostic>;
Beginning begin(const Source& source, const Circumstances& circumstances, Time now);

/// "2026-01-31T12:00:00Z", with fractions or another zone.
std::optional<Time> parse_moment(std::string_view text);

}  // namespace stackctl::aws
