#include "stack/functions.h"

#include <algorithm>
#include <array>
#include <string>

namespace stackctl::stack {
namespace {

constexpr std::array kFunctions = {
    Function{"base64decode", "base64decode(string)", "The text that a base64 string stands for",
             "s", false, false, function::base64_decode},
    Function{"base64encode", "base64encode(string)", "The string in base64", "s", false, false,
             function::base64_encode},
    Function{"coalesce", "coalesce(value, ...)", "The first argument that is neither null nor \"\"",
             "a*", true, false, function::coalesce},
    Function{"concat", "concat(list, ...)", "All items of the lists in one list", "l*", true, false,
             function::concat},
    Function{"contains", "contains(list, value)", "Whether the list has the value", "la", false,
             false, function::contains},
    Function{"file", "file(path)", "The text of a file; the path starts at the stack file's folder",
             "s", true, true, function::file},
    Function{"format", "format(pattern, value, ...)",
             "The pattern with %s, %d, %f, %q and %% filled in; %05d and %.2f work", "s?a*", false,
             false, function::format},
    Function{"join", "join(separator, list)", "The items as one text", "sl", false, false,
             function::join},
    Function{"jsondecode", "jsondecode(string)", "The value that a JSON text stands for", "s",
             false, false, function::json_decode},
    Function{"jsonencode", "jsonencode(value)", "The value as JSON", "a", false, false,
             function::json_encode},
    Function{"keys", "keys(map)", "The keys, sorted", "m", true, false, function::keys},
    Function{"length", "length(value)", "Items of a list or map, characters of a string", "a", true,
             false, function::length},
    Function{"lookup", "lookup(map, key, default)",
             "The member, or the default where there is none", "ms?a", true, false,
             function::lookup},
    Function{"lower", "lower(string)", "ASCII letters in lower case", "s", false, false,
             function::lower},
    Function{"max", "max(number, ...)", "The greatest number", "n*", false, false, function::max},
    Function{"merge", "merge(map, ...)", "One map of all members; the last one wins", "m*", true,
             false, function::merge},
    Function{"min", "min(number, ...)", "The least number", "n*", false, false, function::min},
    Function{"replace", "replace(string, part, replacement)", "Every part replaced", "sss", false,
             false, function::replace},
    Function{"sha256", "sha256(string)", "The digest in hexadecimal", "s", false, false,
             function::sha256},
    Function{"split", "split(separator, string)", "The parts between the separators", "ss", false,
             false, function::split},
    Function{"templatefile", "templatefile(path, map)",
             "The text of a file, with ${name} replaced by members of the map", "sm", true, true,
             function::template_file},
    Function{"tonumber", "tonumber(value)", "The number that a string spells", "s", false, false,
             function::to_number},
    Function{"tostring", "tostring(value)", "The value as a string", "s", false, false,
             function::to_string},
    Function{"trim", "trim(string, characters)", "Without these characters at both ends", "ss",
             false, false, function::trim},
    Function{"trimspace", "trimspace(string)", "Without blanks and line ends at both ends", "s",
             false, false, function::trim_space},
    Function{"upper", "upper(string)", "ASCII letters in upper case", "s", false, false,
             function::upper},
    Function{"values", "values(map)", "The members, in the order of their keys", "m", true, false,
             function::values},
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
      return to_text(value).has_value();
    case 'n':
      return value.integer() != nullptr || value.number() != nullptr;
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

}  // namespace

std::span<const Function> functions() { return kFunctions; }

const Function* find_function(std::string_view name) {
  const auto found = std::find_if(kFunctions.begin(), kFunctions.end(),
                                  [&](const Function& row) { return row.name == name; });
  return found == kFunctions.end() ? nullptr : &*found;
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
  List converted(arguments.begin(), arguments.end());
  for (std::size_t i = 0; i < converted.size(); ++i) {
    const char letter = parameter(function.parameters, i);
    if (!fits(letter, converted[i]))
      return operand_error(i,
                           "'" + std::string(function.name) + "' wants " +
                               std::string(expected(letter)) + " here, not " +
                               with_article(type_name(converted[i])),
                           "use it as " + std::string(function.signature));
    const bool is_plain = converted[i].secret() == nullptr;
    if (letter == 's' && is_plain) converted[i] = *to_text(converted[i]);
  }
  return function.call(converted, read_file);
}

}  // namespace stackctl::stack
