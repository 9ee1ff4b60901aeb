// Expressions of the stack file as trees.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "stack/lexer.h"
#include "stackctl/diagnostic.h"
#include "stackctl/value.h"

namespace stackctl::stack {

/// Takes a fault and the part of the scalar that it is about.
using Report = std::function<void(Span, Diagnostic)>;

struct Expression {
  enum class Form : std::uint8_t {
    literal,      ///< `value`
    name,         ///< `word`
    member,       ///< parts[0].word
    index,        ///< parts[0][parts[1]]
    splat,        ///< parts[0][*], and of each item the way parts[1], parts[2]… down
    call,         ///< word(parts…)
    unary,        ///< word parts[0]
    binary,       ///< parts[0] word parts[1]
    conditional,  ///< parts[0] ? parts[1] : parts[2]
    list,         ///< [parts…]
    object,       ///< {parts[0]: parts[1], …}
    text,         ///< parts…, joined to one text
  };

  Form form = Form::literal;
  Span span;   ///< all of it
  Span token;  ///< the name, member, function or operator alone
  std::string word;
  Value value;
  std::vector<Expression> parts;
};

/// Whether a scalar holds anything to be evaluated or unescaped.
inline bool has_expression(std::string_view text) {
  return text.find("${") != std::string_view::npos;
}

/// Parses a scalar: text with `${…}` in it. Exactly one `${…}` and nothing else gives that
/// expression itself, all else Form::text. `$${` is a literal `${`. Nothing after a report.
std::optional<Expression> parse_scalar(std::string_view text, const Report& report);

}  // namespace stackctl::stack
