// Functions on texts.
#include <algorithm>
#include <string>
#include <utility>

#include "stack/characters.h"
#include "stack/functions.h"
#include "stackctl/text.h"

namespace stackctl::stack::function {
namespace {

using Trait = Function::Trait;

constexpr std::string_view kBlanks = " \t\r\n";

const std::string& text(const Value& argument) { return *argument.text(); }

char upper_letter(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

std::string_view trimmed(std::string_view text, std::string_view unwanted) {
  const std::size_t first = text.find_first_not_of(unwanted);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(unwanted) - first + 1);
}

Result<Value> chomp(Arguments arguments, const FileReader&) {
  const std::string_view line = text(arguments[0]);
  return Value(line.substr(0, line.find_last_not_of("\r\n") + 1));
}

Result<Value> ends_with(Arguments arguments, const FileReader&) {
  return Value(text(arguments[0]).ends_with(text(arguments[1])));
}

Result<Value> indent(Arguments arguments, const FileReader&) {
  constexpr std::int64_t kMost = 1000;
  const std::int64_t width = *arguments[0].integer();
  if (width < 0 || width > kMost) return operand_error(0, "the width must be from 0 to 1000");
  std::string result;
  for (const char c : text(arguments[1])) {
    result += c;
    if (c == '\n') result.append(static_cast<std::size_t>(width), ' ');
  }
  return Value(std::move(result));
}

Result<Value> join(Arguments arguments, const FileReader&) {
  std::string result;
  for (const Value& item : arguments[1].items()) {
    const std::optional<std::string> word = to_text(item);
    if (!word)
      return operand_error(
          1, "the list holds " + with_article(type_name(item)) + ", not strings only");
    if (&item != arguments[1].items().data()) result += text(arguments[0]);
    result += *word;
  }
  return Value(std::move(result));
}

Result<Value> lower(Arguments arguments, const FileReader&) {
  return Value(to_lower(text(arguments[0])));
}

Result<Value> split(Arguments arguments, const FileReader&) {
  const std::string& separator = text(arguments[0]);
  if (separator.empty()) return operand_error(0, "the separator is empty");
  std::string_view rest = text(arguments[1]);
  List parts;
  for (std::size_t at = rest.find(separator); at != std::string_view::npos;
       at = rest.find(separator)) {
    parts.emplace_back(rest.substr(0, at));
    rest.remove_prefix(at + separator.size());
  }
  parts.emplace_back(rest);
  return Value(std::move(parts));
}

Result<Value> starts_with(Arguments arguments, const FileReader&) {
  return Value(text(arguments[0]).starts_with(text(arguments[1])));
}

Result<Value> has_part(Arguments arguments, const FileReader&) {
  return Value(text(arguments[0]).find(text(arguments[1])) != std::string::npos);
}

Result<Value> reversed(Arguments arguments, const FileReader&) {
  std::string result;
  const std::vector<std::string_view> all = characters(text(arguments[0]));
  std::for_each(all.rbegin(), all.rend(), [&](std::string_view next) { result += next; });
  return Value(std::move(result));
}

Result<Value> part(Arguments arguments, const FileReader&) {
  const std::vector<std::string_view> all = characters(text(arguments[0]));
  const auto size = static_cast<std::int64_t>(all.size());
  std::int64_t begin = *arguments[1].integer();
  const std::int64_t length = *arguments[2].integer();
  if (length < -1) return operand_error(2, "the length must be at least 0, or -1 for the rest");
  if (begin < 0) begin = std::max<std::int64_t>(0, begin + size);
  begin = std::min(begin, size);
  const std::int64_t count = length < 0 ? size - begin : std::min(length, size - begin);
  std::string result;
  for (std::int64_t i = begin; i < begin + count; ++i) result += all[static_cast<std::size_t>(i)];
  return Value(std::move(result));
}

Result<Value> title(Arguments arguments, const FileReader&) {
  std::string result = text(arguments[0]);
  bool is_start = true;
  for (char& c : result) {
    if (is_start) c = upper_letter(c);
    is_start = kBlanks.find(c) != std::string_view::npos;
  }
  return Value(std::move(result));
}

Result<Value> trim(Arguments arguments, const FileReader&) {
  return Value(trimmed(text(arguments[0]), text(arguments[1])));
}

Result<Value> trim_prefix(Arguments arguments, const FileReader&) {
  std::string_view result = text(arguments[0]);
  if (result.starts_with(text(arguments[1]))) result.remove_prefix(text(arguments[1]).size());
  return Value(result);
}

Result<Value> trim_suffix(Arguments arguments, const FileReader&) {
  std::string_view result = text(arguments[0]);
  if (result.ends_with(text(arguments[1]))) result.remove_suffix(text(arguments[1]).size());
  return Value(result);
}

Result<Value> trim_space(Arguments arguments, const FileReader&) {
  return Value(trimmed(text(arguments[0]), kBlanks));
}

Result<Value> upper(Arguments arguments, const FileReader&) {
  std::string result = text(arguments[0]);
  std::transform(result.begin(), result.end(), result.begin(), upper_letter);
  return Value(std::move(result));
}

constexpr std::array kTable = {
    Function{"chomp", "chomp(string)", "Without the line ends at its end", "s", Trait::none, chomp},
    Function{"endswith", "endswith(string, end)", "Whether the string ends so", "ss", Trait::none,
             ends_with},
    Function{"indent", "indent(spaces, string)", "All lines but the first moved to the right", "is",
             Trait::none, indent},
    Function{"join", "join(separator, list)", "The items as one text", "sl", Trait::none, join},
    Function{"lower", "lower(string)", "ASCII letters in lower case", "s", Trait::none, lower},
    Function{"split", "split(separator, string)", "The parts between the separators", "ss",
             Trait::none, split},
    Function{"startswith", "startswith(string, start)", "Whether the string begins so", "ss",
             Trait::none, starts_with},
    Function{"strcontains", "strcontains(string, part)", "Whether the part stands in the string",
             "ss", Trait::none, has_part},
    Function{"strrev", "strrev(string)", "The characters from last to first", "s", Trait::none,
             reversed},
    Function{"substr", "substr(string, offset, length)",
             "A part of the string; an offset below 0 counts from the end, the length -1 takes the "
             "rest",
             "sii", Trait::none, part},
    Function{"title", "title(string)", "The first letter of each word in upper case", "s",
             Trait::none, title},
    Function{"trim", "trim(string, characters)", "Without these characters at both ends", "ss",
             Trait::none, trim},
    Function{"trimprefix", "trimprefix(string, start)", "Without this start, if it has it", "ss",
             Trait::none, trim_prefix},
    Function{"trimspace", "trimspace(string)", "Without blanks and line ends at both ends", "s",
             Trait::none, trim_space},
    Function{"trimsuffix", "trimsuffix(string, end)", "Without this end, if it has it", "ss",
             Trait::none, trim_suffix},
    Function{"upper", "upper(string)", "ASCII letters in upper case", "s", Trait::none, upper},
};

}  // namespace

std::span<const Function> texts() { return kTable; }

}  // namespace stackctl::stack::function
