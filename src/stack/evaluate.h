// Values of expressions.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "stack/expression.h"
#include "stack/operators.h"

namespace stackctl::stack {

/// The text of a file named in the stack file, or nothing.
using FileReader = std::function<std::optional<std::string>(const std::string& path)>;

/// A name as an expression uses it: "web" or "web.address". The root may also be the address of an
/// instance ("web[0]"), where a value has led to it.
struct Name {
  std::string_view root;
  std::string_view member;  ///< empty: the root alone
  Span root_span;
  Span member_span;
};

/// All that expressions can see.
struct Scope {
  /// The value of a name; `invalid()` after a report.
  std::function<Value(const Name&, const Report&)> lookup;
  FileReader read_file;
  /// The instance of the resource `name` that `key` tells; `invalid()` after a report; nothing when
  /// there is no such resource, or there is just one of it. May be empty.
  std::function<std::optional<Value>(const Name&, const Value& key, const Report&)> instance = {};
};

/// The value of a scalar's text (see `parse_scalar`): known, or made of references, or `invalid()`
/// when something was reported.
Value evaluate(std::string_view text, const Scope& scope, const Report& report);

}  // namespace stackctl::stack
