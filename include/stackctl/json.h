// JSON text to and from values.
#pragma once

#include <string>
#include <string_view>

#include "stackctl/diagnostic.h"
#include "stackctl/value.h"

namespace stackctl::json {

/// Parses hostile text: depth at most 128, size at most 64 MiB, invalid UTF-8 refused.
Result<Value> parse(std::string_view text);

enum class Secrets { hidden, revealed };

/// Compact (indent < 0) or indented. Hidden secrets are written as "(secret)"; references and
/// deferred values as "(known after apply)". Keys are sorted.
std::string write(const Value& value, Secrets secrets = Secrets::hidden, int indent = -1);

}  // namespace stackctl::json
