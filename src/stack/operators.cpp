#include "stack/operators.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>
#include <vector>

#include "stackctl/text.h"

namespace stackctl::stack {
namespace {

Value defer(List operands, std::vector<Reference> waits_for, const Operation& operation,
            std::string source) {
  Deferred deferred;
  deferred.arguments.assign(waits_for.begin(), waits_for.end());
  deferred.source = std::move(source);
  deferred.compute = std::make_shared<const Deferred::Compute>(
      [operands = Value(std::move(operands)), waits_for = std::move(waits_for), operation,
       text = deferred.source](std::span<const Value> arguments) -> Result<Value> {
        const auto lookup = [&](const Reference& reference) -> std::optional<Value> {
          for (std::size_t i = 0; i < waits_for.size() && i < arguments.size(); ++i)
            if (waits_for[i] == reference) return arguments[i];
          return std::nullopt;
        };
        Result<Value> known = resolve(operands, lookup);
        if (!known) return known;
        return compute(*known->list(), operation, text);
      });
  return deferred;
}

bool is_numeric(const Value& value) {
  return value.integer() != nullptr || value.number() != nullptr;
}

double as_double(const Value& value) {
  return value.integer() != nullptr ? static_cast<double>(*value.integer()) : *value.number();
}

Result<Value> finite(double number) {
  if (!std::isfinite(number)) return error("the result is not a finite number");
  return Value(number);
}

Result<Value> calculate(char symbol, double a, double b) {
  switch (symbol) {
    case '+':
      return finite(a + b);
    case '-':
      return finite(a - b);
    case '*':
      return finite(a * b);
    case '/':
      return finite(a / b);
    default:
      return finite(std::fmod(a, b));
  }
}

Result<Value> calculate(char symbol, std::int64_t a, std::int64_t b) {
  std::int64_t result = 0;
  bool is_too_big = false;
  switch (symbol) {
    case '+':
      is_too_big = __builtin_add_overflow(a, b, &result);
      break;
    case '-':
      is_too_big = __builtin_sub_overflow(a, b, &result);
      break;
    case '*':
      is_too_big = __builtin_mul_overflow(a, b, &result);
      break;
    default:
      // The one quotient that does not fit is handled by the floating-point side.
      if (b == -1) return calculate('*', a, b);
      if (symbol == '/' && a % b != 0)
        return calculate(symbol, static_cast<double>(a), static_cast<double>(b));
      result = symbol == '/' ? a / b : a % b;
  }
  if (is_too_big) return error("the result is too big for an integer");
  return Value(result);
}

Result<Value> arithmetic(std::string_view symbol, const Value& a, const Value& b) {
  if ((symbol == "/" || symbol == "%") && as_double(b) == 0.0)
    return operand_error(1, "division by zero");
  if (a.integer() != nullptr && b.integer() != nullptr) {
    if (symbol == "%" && *b.integer() == -1) return Value(0);
    return calculate(symbol[0], *a.integer(), *b.integer());
  }
  return calculate(symbol[0], as_double(a), as_double(b));
}

bool compare(std::string_view symbol, const Value& a, const Value& b) {
  const bool both_integers = a.integer() != nullptr && b.integer() != nullptr;
  const bool is_less = both_integers ? *a.integer() < *b.integer() : as_double(a) < as_double(b);
  const bool is_more = both_integers ? *a.integer() > *b.integer() : as_double(a) > as_double(b);
  if (symbol == "<") return is_less;
  if (symbol == ">") return is_more;
  return symbol == "<=" ? !is_more : !is_less;
}

Result<Value> list_item(const Value& list, const Value& key) {
  const std::int64_t* index = key.integer();
  if (index == nullptr)
    return operand_error(1, "a list is indexed by an integer, not " + with_article(type_name(key)));
  const std::size_t size = list.items().size();
  if (*index < 0 || static_cast<std::size_t>(*index) >= size)
    return operand_error(1, "index " + std::to_string(*index) + " is outside of the list",
                         "it has " + std::to_string(size) + " items, counted from 0");
  return list.items()[static_cast<std::size_t>(*index)];
}

Result<Value> map_member(const Value& map, const Value& key) {
  const std::string* name = key.text();
  if (name == nullptr)
    return operand_error(1, "a map is indexed by a string, not " + with_article(type_name(key)));
  const auto found = map.map()->find(*name);
  if (found != map.map()->end()) return found->second;
  std::vector<std::string_view> keys;
  for (const auto& member : *map.map()) keys.push_back(member.first);
  return operand_error(1, "there is no '" + *name + "' in this map", suggest(*name, keys));
}

template <class Change>
Value change_texts(const Value& value, const Change& change) {
  if (value.list() != nullptr) {
    List list;
    for (const Value& item : value.items()) list.push_back(change_texts(item, change));
    return list;
  }
  if (const Map* map = value.map()) {
    Map result;
    for (const auto& [key, member] : *map) result.emplace(key, change_texts(member, change));
    return result;
  }
  return change(value);
}

/// Whether the fault's words hold a secret that stands in `value`.
bool tells(const Diagnostic& fault, const Value& value) {
  if (const Secret* secret = value.secret()) {
    const auto has = [&](const std::string& words) {
      return words.find(secret->text) != std::string::npos;
    };
    return !secret->text.empty() && (has(fault.summary) || has(fault.detail) || has(fault.hint));
  }
  const auto one_tells = [&](const Value& item) { return tells(fault, item); };
  if (const Map* map = value.map())
    return std::any_of(map->begin(), map->end(),
                       [&](const auto& member) { return one_tells(member.second); });
  return std::any_of(value.items().begin(), value.items().end(), one_tells);
}

}  // namespace

Value invalid() {
  return Deferred{{},
                  std::make_shared<const Deferred::Compute>(
                      [](std::span<const Value>) -> Result<Value> { return error("not valid"); }),
                  "(not valid)"};
}

bool is_invalid(const Value& value) {
  return value.deferred() != nullptr && value.deferred()->arguments.empty();
}

Result<Value> compute(List operands, const Operation& operation, std::string source) {
  const Value all(std::move(operands));
  if (all.is_known()) {
    if (!all.has_secret()) return operation(all.items());
    const Value open = reveal(all);
    Result<Value> result = operation(open.items());
    if (!result) return without_secrets(result.fault(), all);
    return conceal(*result);
  }
  std::vector<Reference> waits_for;
  for (Reference& reference : references(all)) {
    if (reference.attribute.empty())
      return error("'" + reference.target + "' is a resource, not a value",
                   "name one of its attributes: " + reference.target + ".id");
    if (std::find(waits_for.begin(), waits_for.end(), reference) == waits_for.end())
      waits_for.push_back(std::move(reference));
  }
  if (waits_for.empty()) return invalid();
  return defer(*all.list(), std::move(waits_for), operation, std::move(source));
}

Diagnostic without_secrets(Diagnostic fault, const Value& operands) {
  if (!tells(fault, operands)) return fault;
  fault.summary = "a secret does not fit here";
  fault.detail = "more would give it away";
  fault.hint.clear();
  return fault;
}

std::optional<std::string> to_text(const Value& value) {
  if (const std::string* text = value.revealed()) return *text;
  if (const bool* boolean = value.boolean()) return *boolean ? "true" : "false";
  if (const std::int64_t* integer = value.integer()) return std::to_string(*integer);
  if (const double* number = value.number()) {
    std::array<char, 32> buffer{};
    const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), *number);
    return std::string(buffer.data(), result.ptr);
  }
  return std::nullopt;
}

Value conceal(const Value& value) {
  return change_texts(value, [](const Value& leaf) -> Value {
    if (leaf.boolean() != nullptr) return leaf;
    if (std::optional<std::string> text = to_text(leaf)) return Secret{*std::move(text)};
    return leaf;
  });
}

Value reveal(const Value& value) {
  return change_texts(value, [](const Value& leaf) -> Value {
    return leaf.secret() != nullptr ? Value(leaf.secret()->text) : leaf;
  });
}

Result<Value> apply_unary(std::string_view symbol, const Value& operand) {
  if (symbol == "!") {
    if (operand.boolean() != nullptr) return Value(!*operand.boolean());
    return operand_error(0, "'!' wants true or false, not " + with_article(type_name(operand)));
  }
  if (!is_numeric(operand))
    return operand_error(0, "'-' wants a number, not " + with_article(type_name(operand)));
  return arithmetic("-", Value(0), operand);
}

Result<Value> apply_binary(std::string_view symbol, std::span<const Value> operands) {
  const Value& a = operands[0];
  const Value& b = operands[1];
  if (symbol == "==") return Value(a == b);
  if (symbol == "!=") return Value(!(a == b));
  for (std::size_t i = 0; i < 2; ++i) {
    if (is_numeric(operands[i])) continue;
    const bool is_text = symbol == "+" && operands[i].text() != nullptr;
    return operand_error(
        i,
        "'" + std::string(symbol) + "' wants numbers, not " + with_article(type_name(operands[i])),
        is_text ? "join texts by writing them together: \"${a}${b}\"" : "");
  }
  const bool is_order = symbol[0] == '<' || symbol[0] == '>';
  if (is_order) return Value(compare(symbol, a, b));
  return arithmetic(symbol, a, b);
}

Result<Value> take_item(std::span<const Value> operands) {
  if (operands[0].list() != nullptr) return list_item(operands[0], operands[1]);
  if (operands[0].map() != nullptr) return map_member(operands[0], operands[1]);
  return operand_error(0, with_article(type_name(operands[0])) + " has no members");
}

Result<Value> join_texts(std::span<const Value> operands) {
  std::string result;
  for (std::size_t i = 0; i < operands.size(); ++i) {
    const std::optional<std::string> text = to_text(operands[i]);
    if (!text)
      return operand_error(i, with_article(type_name(operands[i])) + " cannot stand inside a text",
                           operands[i].list() != nullptr  ? "join it: join(', ', list)"
                           : operands[i].map() != nullptr ? "write it as JSON: jsonencode(map)"
                                                          : "");
    result += *text;
  }
  return Value(std::move(result));
}

std::string with_article(std::string_view noun) {
  if (noun == "null") return "null";
  const bool is_vowel = std::string_view("aeiou").find(noun.front()) != std::string_view::npos;
  return (is_vowel ? "an " : "a ") + std::string(noun);
}

Diagnostic operand_error(std::size_t operand, std::string summary, std::string hint) {
  Diagnostic fault = error(std::move(summary), std::move(hint));
  fault.path = std::to_string(operand);
  return fault;
}

}  // namespace stackctl::stack
