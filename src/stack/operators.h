// What expressions compute from values.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "stackctl/diagnostic.h"
#include "stackctl/value.h"

namespace stackctl::stack {

/// Computes a value from known ones. The path of a fault is the number of the operand at fault,
/// counted from 0, or empty.
using Operation = std::function<Result<Value>(std::span<const Value> operands)>;

/// A value that could not be computed, for a reason that is reported already. It is a deferred
/// value that waits for nothing, so every check lets it pass.
Value invalid();
bool is_invalid(const Value& value);

/// `operation` on `operands`: now if all of them are known, else deferred. What comes of a secret
/// is secret; numbers then become secret texts, only truth values stay open. `source` is what the
/// user wrote. A resource as a whole is no operand, so a reference to one is a fault.
Result<Value> compute(List operands, const Operation& operation, std::string source);

/// `fault`, or a plain one in its place when its words hold a secret of `operands`.
Diagnostic without_secrets(Diagnostic fault, const Value& operands);

/// A scalar as text; nothing for a list, a map or null.
std::optional<std::string> to_text(const Value& value);

/// Every text inside of `value` as a secret.
Value conceal(const Value& value);
/// Every secret inside of `value` as a plain text.
Value reveal(const Value& value);

Result<Value> apply_unary(std::string_view symbol, const Value& operand);
/// All but && and ||, which need not look at their right side.
Result<Value> apply_binary(std::string_view symbol, std::span<const Value> operands);
/// operands[0][operands[1]]: an item of a list or a member of a map.
Result<Value> take_item(std::span<const Value> operands);
/// The operands as texts, one behind the other.
Result<Value> join_texts(std::span<const Value> operands);

/// "a list", "an integer".
std::string with_article(std::string_view noun);
/// error(), with the number of the operand at fault.
Diagnostic operand_error(std::size_t operand, std::string summary, std::string hint = {});

}  // namespace stackctl::stack
