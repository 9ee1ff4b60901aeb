// Functions on texts.
#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <utility>

#include "stack/document.h"
#include "stack/functions.h"
#include "stack/template.h"
#include "stackctl/crypto.h"
#include "stackctl/json.h"
#include "stackctl/text.h"

namespace stackctl::stack::function {
namespace {

/// The text of an argument that is one; structural functions may meet secret ones.
const std::string& text(const Value& argument) { return *argument.revealed(); }

std::string to_upper(std::string text) {
  for (char& c : text)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return text;
}

std::string trimmed(std::string_view text, std::string_view characters) {
  const std::size_t first = text.find_first_not_of(characters);
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(characters) - first + 1));
}

Result<std::string> read(const Value& path, const FileReader& read_file) {
  std::optional<std::string> content = read_file ? read_file(text(path)) : std::nullopt;
  if (!content)
    return operand_error(0, "cannot read the file '" + text(path) + "'",
                         "paths start at the folder of the stack file");
  return *std::move(content);
}

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

std::string fixed(double number, int precision) {
  std::array<char, 400> buffer{};
  const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number,
                                    std::chars_format::fixed, precision);
  return {buffer.data(), result.ptr};
}

Result<std::string> converted(const Conversion& how, const Value& value, std::size_t operand) {
  const std::string verb = std::string("%") + how.verb;
  switch (how.verb) {
    case 's':
    case 'v':
      if (std::optional<std::string> text = to_text(value)) return *std::move(text);
      return operand_error(operand,
                           "'" + verb + "' wants a string, not " + with_article(type_name(value)));
    case 'q':
      return json::write(value, json::Secrets::revealed);
    case 'd':
      if (value.integer() != nullptr) return std::to_string(*value.integer());
      return operand_error(operand, "'%d' wants an integer, not " + with_article(type_name(value)));
    case 'f':
      if (value.integer() != nullptr)
        return fixed(static_cast<double>(*value.integer()), how.precision < 0 ? 6 : how.precision);
      if (value.number() != nullptr)
        return fixed(*value.number(), how.precision < 0 ? 6 : how.precision);
      return operand_error(operand, "'%f' wants a number, not " + with_article(type_name(value)));
    default:
      return operand_error(0, "unknown conversion '" + verb + "'", "use %s, %d, %f, %q or %%");
  }
}

std::string padded(const Conversion& how, std::string text) {
  if (text.size() >= how.width) return text;
  const std::size_t missing = how.width - text.size();
  if (how.is_left) return text + std::string(missing, ' ');
  const bool is_number = how.verb == 'd' || how.verb == 'f';
  if (!how.is_zero_padded || !is_number) return std::string(missing, ' ') + text;
  text.insert(text.starts_with('-') ? 1U : 0U, std::string(missing, '0'));
  return text;
}

}  // namespace

Result<Value> base64_decode(Arguments arguments, const FileReader&) {
  std::optional<std::string> bytes = crypto::base64_decode(text(arguments[0]));
  if (!bytes) return operand_error(0, "this is not base64");
  return Value(*std::move(bytes));
}

Result<Value> base64_encode(Arguments arguments, const FileReader&) {
  return Value(crypto::base64(text(arguments[0])));
}

Result<Value> file(Arguments arguments, const FileReader& read_file) {
  Result<std::string> content = read(arguments[0], read_file);
  if (!content) return content.fault();
  return Value(*std::move(content));
}

Result<Value> template_file(Arguments arguments, const FileReader& read_file) {
  const Result<std::string> content = read(arguments[0], read_file);
  if (!content) return content.fault();
  Result<Filled> filled = fill_template(*content, *arguments[1].map());
  if (!filled) return filled.fault();
  return filled->text;
}

Result<Value> format(Arguments arguments, const FileReader&) {
  std::string_view pattern = text(arguments[0]);
  std::string result;
  std::size_t used = 1;
  while (!pattern.empty()) {
    const char c = pattern[0];
    pattern.remove_prefix(1);
    if (c != '%') {
      result += c;
      continue;
    }
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

Result<Value> json_decode(Arguments arguments, const FileReader&) {
  Result<Value> value = json::parse(text(arguments[0]));
  if (!value) return operand_error(0, "this is not JSON: " + value.fault().summary);
  return value;
}

Result<Value> json_encode(Arguments arguments, const FileReader&) {
  return Value(json::write(arguments[0], json::Secrets::revealed));
}

Result<Value> lower(Arguments arguments, const FileReader&) {
  return Value(to_lower(text(arguments[0])));
}

Result<Value> replace(Arguments arguments, const FileReader&) {
  const std::string& from = text(arguments[1]);
  if (from.empty()) return operand_error(1, "the part to replace is empty");
  std::string result = text(arguments[0]);
  const std::string& to = text(arguments[2]);
  for (std::size_t at = result.find(from); at != std::string::npos;
       at = result.find(from, at + to.size()))
    result.replace(at, from.size(), to);
  return Value(std::move(result));
}

Result<Value> sha256(Arguments arguments, const FileReader&) {
  return Value(crypto::hex(crypto::sha256(text(arguments[0]))));
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

Result<Value> to_number(Arguments arguments, const FileReader&) {
  Value number = plain_value(text(arguments[0]));
  if (number.integer() != nullptr || number.number() != nullptr) return number;
  return operand_error(0, "this is not a number");
}

Result<Value> to_string(Arguments arguments, const FileReader&) {
  return Value(text(arguments[0]));
}

Result<Value> trim(Arguments arguments, const FileReader&) {
  return Value(trimmed(text(arguments[0]), text(arguments[1])));
}

Result<Value> trim_space(Arguments arguments, const FileReader&) {
  return Value(trimmed(text(arguments[0]), " \t\r\n"));
}

Result<Value> upper(Arguments arguments, const FileReader&) {
  return Value(to_upper(text(arguments[0])));
}

}  // namespace stackctl::stack::function
