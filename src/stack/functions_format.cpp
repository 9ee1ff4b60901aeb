// format() and formatlist().
#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <utility>

#include "stack/functions.h"
#include "stackctl/json.h"

namespace stackctl::stack::function {
namespace {

using Trait = Function::Trait;

constexpr int kDefaultPrecision = 6;

/// What stands between % and the verb.
struct Conversion {
  bool is_zero_padded = false;
  bool is_left = false;
  std::size_t width = 0;
  int precision = -1;
  char verb = '\0';
};

std::size_t take_number(std::string_view& pattern) {
  constexpr std::size_t kMost = 1000;
  std::size_t number = 0;
  while (!pattern.empty() && pattern[0] >= '0' && pattern[0] <= '9') {
    number = std::min(kMost, number * 10 + static_cast<std::size_t>(pattern[0] - '0'));
    pattern.remove_prefix(1);
  }
  return number;
}

Conversion take_conversion(std::string_view& pattern) {
  Conversion result;
  for (; !pattern.empty() && (pattern[0] == '0' || pattern[0] == '-'); pattern.remove_prefix(1))
    (pattern[0] == '0' ? result.is_zero_padded : result.is_left) = true;
  result.width = take_number(pattern);
  if (pattern.starts_with('.')) {
    pattern.remove_prefix(1);
    result.precision = static_cast<int>(std::min<std::size_t>(take_number(pattern), 30));
  }
  if (pattern.empty()) return result;
  result.verb = pattern[0];
  pattern.remove_prefix(1);
  return result;
}

Diagnostic wants(const Conversion& how, std::string_view type, std::size_t operand,
                 const Value& value) {
  return operand_error(operand, std::string("'%") + how.verb + "' wants " + std::string(type) +
                                    ", not " + with_article(type_name(value)));
}

Result<std::string> fraction(const Conversion& how, const Value& value, std::size_t operand) {
  const bool is_integer = value.integer() != nullptr;
  if (!is_integer && value.number() == nullptr) return wants(how, "a number", operand, value);
  const double number = is_integer ? static_cast<double>(*value.integer()) : *value.number();
  const auto format = how.verb == 'f'   ? std::chars_format::fixed
                      : how.verb == 'e' ? std::chars_format::scientific
                                        : std::chars_format::general;
  const int precision = how.precision < 0 ? kDefaultPrecision : how.precision;
  std::array<char, 400> buffer{};
  char* const end = buffer.data() + buffer.size();
  const auto result = how.verb == 'g' && how.precision < 0
                          ? std::to_chars(buffer.data(), end, number, format)
                          : std::to_chars(buffer.data(), end, number, format, precision);
  return std::string(buffer.data(), result.ptr);
}

Result<std::string> integer(const Conversion& how, const Value& value, std::size_t operand) {
  constexpr std::array<std::pair<char, int>, 5> kBases = {
      {{'d', 10}, {'x', 16}, {'X', 16}, {'o', 8}, {'b', 2}}};
  if (value.integer() == nullptr) return wants(how, "an integer", operand, value);
  int base = 10;
  for (const auto& [verb, of_verb] : kBases)
    if (verb == how.verb) base = of_verb;
  std::array<char, 70> buffer{};
  const auto result =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), *value.integer(), base);
  std::string digits(buffer.data(), result.ptr);
  if (how.verb == 'X')
    for (char& c : digits)
      if (c >= 'a') c = static_cast<char>(c - 'a' + 'A');
  return digits;
}

Result<std::string> converted(const Conversion& how, const Value& value, std::size_t operand) {
  switch (how.verb) {
    case 's':
    case 'v':
      if (std::optional<std::string> text = to_text(value)) return *std::move(text);
      if (how.verb == 'v') return json::write(value, json::Secrets::revealed);
      return wants(how, "a string", operand, value);
    case 'q':
      return json::write(value, json::Secrets::revealed);
    case 't':
      if (value.boolean() != nullptr) return std::string(*value.boolean() ? "true" : "false");
      return wants(how, "true or false", operand, value);
    case 'd':
    case 'x':
    case 'X':
    case 'o':
    case 'b':
      return integer(how, value, operand);
    case 'f':
    case 'e':
    case 'g':
      return fraction(how, value, operand);
    default:
      return operand_error(0, std::string("unknown conversion '%") + how.verb + "'",
                           "use %s, %d, %f, %q, %t, %x or %%");
  }
}

std::string padded(const Conversion& how, std::string text) {
  if (text.size() >= how.width) return text;
  const std::size_t missing = how.width - text.size();
  if (how.is_left) return text + std::string(missing, ' ');
  const bool is_number = std::string_view("dxXobfeg").find(how.verb) != std::string_view::npos;
  if (!how.is_zero_padded || !is_number) return std::string(missing, ' ') + text;
  text.insert(text.starts_with('-') ? 1U : 0U, std::string(missing, '0'));
  return text;
}

Result<Value> format(Arguments arguments, const FileReader&) {
  std::string_view pattern = *arguments[0].text();
  std::string result;
  std::size_t used = 1;
  while (!pattern.empty()) {
    const std::size_t plain = std::min(pattern.find('%'), pattern.size());
    result += pattern.substr(0, plain);
    pattern.remove_prefix(plain);
    if (pattern.empty()) break;
    pattern.remove_prefix(1);
    const Conversion how = take_conversion(pattern);
    if (how.verb == '%') {
      result += '%';
      continue;
    }
    if (how.verb == '\0') return operand_error(0, "the pattern ends after '%'", "write %% for a %");
    if (used >= arguments.size()) return operand_error(0, "the pattern wants more values");
    const Result<std::string> word = converted(how, arguments[used], used);
    if (!word) return word.fault();
    ++used;
    result += padded(how, *word);
  }
  if (used < arguments.size()) return operand_error(used, "the pattern does not use this value");
  return Value(std::move(result));
}

/// The length that all lists have; nothing (with the culprit) when they differ.
Result<std::size_t> common_length(Arguments arguments) {
  std::optional<std::size_t> length;
  for (std::size_t i = 1; i < arguments.size(); ++i) {
    if (arguments[i].list() == nullptr) continue;
    const std::size_t size = arguments[i].list()->size();
    if (length && *length != size)
      return operand_error(i, "this list has " + std::to_string(size) +
                                  " items, the one before it " + std::to_string(*length));
    length = size;
  }
  return length.value_or(1);
}

Result<Value> format_list(Arguments arguments, const FileReader& read_file) {
  const Result<std::size_t> length = common_length(arguments);
  if (!length) return length.fault();
  List result;
  for (std::size_t row = 0; row < *length; ++row) {
    List values;
    for (const Value& argument : arguments)
      values.push_back(argument.list() != nullptr ? (*argument.list())[row] : argument);
    Result<Value> line = format(values, read_file);
    if (!line) return line;
    result.push_back(*std::move(line));
  }
  return Value(std::move(result));
}

constexpr std::array kTable = {
    Function{"format", "format(pattern, value, ...)",
             "The pattern with %s, %d, %f, %q, %t, %x and %% filled in; %05d and %.2f work", "s?a*",
             Trait::none, format},
    Function{"formatlist", "formatlist(pattern, list, ...)",
             "format() for each item of the lists; what is no list is the same for all", "s?a*",
             Trait::none, format_list},
};

}  // namespace

std::span<const Function> formats() { return kTable; }

}  // namespace stackctl::stack::function
