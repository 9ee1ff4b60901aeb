// Functions on numbers.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <string>

#include "stack/functions.h"

namespace stackctl::stack::function {
namespace {

using Trait = Function::Trait;

double as_double(const Value& value) {
  return value.integer() != nullptr ? static_cast<double>(*value.integer()) : *value.number();
}

bool is_less(const Value& a, const Value& b) {
  const bool are_integers = a.integer() != nullptr && b.integer() != nullptr;
  return are_integers ? *a.integer() < *b.integer() : as_double(a) < as_double(b);
}

/// A whole number as an integer, as long as it fits.
Value whole(double number) {
  constexpr double kLimit = 9223372036854775808.0;  // 2^63
  if (number >= -kLimit && number < kLimit) return static_cast<std::int64_t>(number);
  return number;
}

Result<Value> absolute(Arguments arguments, const FileReader&) {
  const std::int64_t* integer = arguments[0].integer();
  if (integer == nullptr) return Value(std::fabs(*arguments[0].number()));
  if (*integer == std::numeric_limits<std::int64_t>::min())
    return operand_error(0, "the result is too big for an integer");
  return Value(*integer < 0 ? -*integer : *integer);
}

Result<Value> ceiling(Arguments arguments, const FileReader&) {
  return arguments[0].integer() != nullptr ? arguments[0]
                                           : whole(std::ceil(*arguments[0].number()));
}

Result<Value> floored(Arguments arguments, const FileReader&) {
  return arguments[0].integer() != nullptr ? arguments[0]
                                           : whole(std::floor(*arguments[0].number()));
}

Result<Value> max(Arguments arguments, const FileReader&) {
  return *std::max_element(arguments.begin(), arguments.end(), is_less);
}

Result<Value> min(Arguments arguments, const FileReader&) {
  return *std::min_element(arguments.begin(), arguments.end(), is_less);
}

Result<Value> parse_integer(Arguments arguments, const FileReader&) {
  constexpr std::int64_t kMostDigits = 36;
  const std::int64_t base = *arguments[1].integer();
  if (base < 2 || base > kMostDigits) return operand_error(1, "the base must be from 2 to 36");
  const std::string& text = *arguments[0].text();
  std::int64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, status] = std::from_chars(text.data(), end, number, static_cast<int>(base));
  if (status == std::errc() && stop == end) return Value(number);
  return operand_error(0, "this is no integer of base " + std::to_string(base));
}

/// By squaring; nothing when it does not fit.
std::optional<std::int64_t> integer_power(std::int64_t base, std::int64_t exponent) {
  std::int64_t result = 1;
  while (exponent > 0) {
    if (exponent % 2 == 1 && __builtin_mul_overflow(result, base, &result)) return std::nullopt;
    exponent /= 2;
    if (exponent > 0 && __builtin_mul_overflow(base, base, &base)) return std::nullopt;
  }
  return result;
}

Result<Value> power(Arguments arguments, const FileReader&) {
  const std::int64_t* base = arguments[0].integer();
  const std::int64_t* exponent = arguments[1].integer();
  if (base != nullptr && exponent != nullptr && *exponent >= 0)
    if (const std::optional<std::int64_t> exact = integer_power(*base, *exponent))
      return Value(*exact);
  const double result = std::pow(as_double(arguments[0]), as_double(arguments[1]));
  if (!std::isfinite(result)) return error("the result is not a finite number");
  return Value(result);
}

Result<Value> sign(Arguments arguments, const FileReader&) {
  const double number = as_double(arguments[0]);
  return Value((number > 0 ? 1 : 0) - (number < 0 ? 1 : 0));
}

constexpr std::array kTable = {
    Function{"abs", "abs(number)", "The number without its sign", "n", Trait::none, absolute},
    Function{"ceil", "ceil(number)", "The nearest integer above", "n", Trait::none, ceiling},
    Function{"floor", "floor(number)", "The nearest integer below", "n", Trait::none, floored},
    Function{"max", "max(number, ...)", "The greatest number", "n*", Trait::none, max},
    Function{"min", "min(number, ...)", "The least number", "n*", Trait::none, min},
    Function{"parseint", "parseint(string, base)", "The integer that a string spells in a base",
             "si", Trait::none, parse_integer},
    Function{"pow", "pow(number, exponent)", "The number to the power of the exponent", "nn",
             Trait::none, power},
    Function{"signum", "signum(number)", "-1, 0 or 1, by the sign", "n", Trait::none, sign},
};

}  // namespace

std::span<const Function> numbers() { return kTable; }

}  // namespace stackctl::stack::function
