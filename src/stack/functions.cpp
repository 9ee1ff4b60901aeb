#include "stack/functions.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "stack/document.h"
#include "stackctl/text.h"

namespace stackctl::stack {
namespace {

/// What users of the field may look for in vain, and why.
struct Missing {
  std::string_view name;
  std::string_view reason;
  std::string_view hint;
};

constexpr std::string_view kChance = "a plan must come out the same every time it is made";
constexpr std::string_view kGiveIt = "give the value as a variable: --var NAME=VALUE";
constexpr std::array kMissing = {
    Missing{"abspath", "a stack must not depend on where its files lie", "use a relative path"},
    Missing{"bcrypt", kChance, "let user data hash the password on the server"},
    Missing{"fileset", "a stack file names each file it needs", "list the files under locals"},
    Missing{"nonsensitive", "a secret stays secret", "declare the variable without 'secret'"},
    Missing{"pathexpand", "a stack must not depend on who applies it", "use env.HOME"},
    Missing{"plantimestamp", kChance, kGiveIt},
    Missing{"timestamp", kChance, kGiveIt},
    Missing{"uuid", kChance, kGiveIt},
};

/// The letter for argument `index`; '\0' when there is none.
char parameter(std::string_view parameters, std::size_t index) {
  char letter = '\0';
  for (const char c : parameters) {
    if (c == '?') continue;
    if (c == '*') return letter;
    letter = c;
    if (index-- == 0) return letter;
  }
  return '\0';
}

std::string_view expected(char letter) {
  switch (letter) {
    case 's':
      return "a string";
    case 'n':
      return "a number";
    case 'i':
      return "an integer";
    case 'l':
      return "a list";
    case 'm':
      return "a map";
    default:
      return "a list or a map";
  }
}

bool fits(char letter, const Value& value) {
  switch (letter) {
    case 's':
      return value.revealed() != nullptr;
    case 'n':
      return value.integer() != nullptr || value.number() != nullptr;
    case 'i':
      return value.integer() != nullptr;
    case 'l':
      return value.list() != nullptr;
    case 'm':
      return value.map() != nullptr;
    case 'c':
      return value.list() != nullptr || value.map() != nullptr;
    default:
      return true;
  }
}

/// Numbers may be spelled in a string, and the other way round.
Value convert(char letter, const Value& value) {
  const bool wants_number = letter == 'n' || letter == 'i';
  if (wants_number && value.text() != nullptr) return plain_value(*value.text());
  if (letter != 's' || value.secret() != nullptr) return value;
  std::optional<std::string> text = to_text(value);
  return text ? Value(*std::move(text)) : value;
}

std::vector<Function> sorted() {
  std::vector<Function> all;
  for (const FunctionGroup& group : function_groups())
    all.insert(all.end(), group.functions.begin(), group.functions.end());
  std::sort(all.begin(), all.end(),
            [](const Function& a, const Function& b) { return a.name < b.name; });
  return all;
}

}  // namespace

std::span<const FunctionGroup> function_groups() {
  static const std::array kGroups = {
      FunctionGroup{"Texts", function::texts()},
      FunctionGroup{"Formats", function::formats()},
      FunctionGroup{"Patterns", function::patterns()},
      FunctionGroup{"Numbers", function::numbers()},
      FunctionGroup{"Lists and maps", function::collections()},
      FunctionGroup{"Lists as sets", function::sets()},
      FunctionGroup{"Encodings", function::encodings()},
      FunctionGroup{"Digests", function::digests()},
      FunctionGroup{"Files", function::files()},
      FunctionGroup{"Networks", function::networks()},
      FunctionGroup{"Types", function::conversions()},
  };
  return kGroups;
}

std::span<const Function> functions() {
  static const std::vector<Function> kFunctions = sorted();
  return kFunctions;
}

const Function* find_function(std::string_view name) {
  const std::span<const Function> all = functions();
  const auto found =
      std::lower_bound(all.begin(), all.end(), name,
                       [](const Function& row, std::string_view key) { return row.name < key; });
  return found == all.end() || found->name != name ? nullptr : &*found;
}

Diagnostic unknown_function(std::string_view name) {
  for (const Missing& row : kMissing) {
    if (row.name != name) continue;
    Diagnostic fault =
        error("there is no function '" + std::string(name) + "'", std::string(row.hint));
    fault.detail = row.reason;
    return fault;
  }
  std::vector<std::string_view> names;
  for (const Function& function : functions()) names.push_back(function.name);
  const std::string_view near = nearest(name, names);
  return error("unknown function '" + std::string(name) + "'",
               near.empty() ? "docs/reference lists the functions"
                            : "did you mean '" + std::string(near) + "'?");
}

std::optional<Diagnostic> check_count(const Function& function, std::size_t count) {
  const std::string_view required = function.parameters.substr(0, function.parameters.find('?'));
  const auto letters = static_cast<std::size_t>(
      std::count_if(required.begin(), required.end(), [](char c) { return c != '*'; }));
  const std::string name = "'" + std::string(function.name) + "'";
  const std::string hint = "use it as " + std::string(function.signature);
  if (count < letters) return error(name + " has too few arguments", hint);
  if (count > 0 && parameter(function.parameters, count - 1) == '\0')
    return error(name + " has too many arguments", hint);
  return std::nullopt;
}

Result<Value> call(const Function& function, std::span<const Value> arguments,
                   const FileReader& read_file) {
  List converted;
  converted.reserve(arguments.size());
  for (const Value& argument : arguments) {
    const std::size_t i = converted.size();
    const char letter = parameter(function.parameters, i);
    converted.push_back(convert(letter, argument));
    if (!fits(letter, converted.back()))
      return operand_error(i,
                           "'" + std::string(function.name) + "' wants " +
                               std::string(expected(letter)) + " here, not " +
                               with_article(type_name(argument)),
                           "use it as " + std::string(function.signature));
  }
  return function.call(converted, read_file);
}

}  // namespace stackctl::stack
