#include "stack/excerpt.h"

#include <algorithm>
#include <string_view>
#include <vector>

namespace stackctl::stack {
namespace {

constexpr std::size_t kWidest = 120;  ///< characters of a line
constexpr std::size_t kBefore = 40;   ///< that stay before the place when a line is cut

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

/// The line as one string for each character.
std::vector<std::string> characters(std::string_view line) {
  std::vector<std::string> result;
  for (const char c : line) {
    const auto code = static_cast<unsigned char>(c);
    if (is_continuation(c) && !result.empty())
      result.back() += c;
    else if (c == '\t')
      result.emplace_back("→");
    else
      result.emplace_back(1, code < 0x20 || code == 0x7F ? '?' : c);
  }
  return result;
}

std::string_view find_line(std::string_view text, int number) {
  for (int line = 1; line < number; ++line) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) return {};
    text.remove_prefix(end + 1);
  }
  return text.substr(0, std::min(text.find_first_of("\r\n"), text.size()));
}

/// The control characters behind ASCII (U+0080 to U+009F), which terminals obey as well.
bool is_long_control(std::string_view text, std::size_t at) {
  constexpr std::string_view lead = "\xC2";
  const auto next = static_cast<unsigned char>(at + 1 < text.size() ? text[at + 1] : ' ');
  return text[at] == lead.front() && next >= 0x80 && next < 0xA0;
}

std::string printable(std::string_view text) {
  std::string result(text);
  for (std::size_t i = 0; i < result.size(); ++i) {
    const auto code = static_cast<unsigned char>(result[i]);
    if (result[i] != '\n' && (code < 0x20 || code == 0x7F || is_long_control(result, i)))
      result[i] = '?';
  }
  return result;
}

/// `text`, each line with "  " in front.
std::string indented(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    result += "  " + printable(text.substr(0, end)) + '\n';
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return result;
}

std::string underline(std::size_t column, std::size_t length) {
  return std::string(column, ' ') + '^' + std::string(length > 0 ? length - 1 : 0, '~');
}

std::string excerpt(std::string_view text, const Location& location) {
  const std::vector<std::string> line = characters(find_line(text, location.line));
  const auto column = static_cast<std::size_t>(std::max(location.column, 1)) - 1;
  if (column > line.size()) return {};
  const std::size_t begin = line.size() > kWidest && column > kBefore ? column - kBefore : 0;
  const std::size_t end = std::min(line.size(), begin + kWidest);
  std::string shown = begin > 0 ? "…" : "";
  for (std::size_t i = begin; i < end; ++i) shown += line[i];
  if (end < line.size()) shown += "…";
  const auto wanted = static_cast<std::size_t>(std::max(location.length, 1));
  const std::size_t length =
      std::clamp<std::size_t>(wanted, 1, std::max<std::size_t>(end - column, 1));
  const std::string number = std::to_string(location.line);
  return "  " + number + " | " + shown + "\n  " + std::string(number.size(), ' ') + " | " +
         underline(column - begin + (begin > 0 ? 1 : 0), length) + '\n';
}

std::string place(const Location& location) {
  if (location.file.empty()) return {};
  if (location.line <= 0) return location.file + ": ";
  return location.file + ':' + std::to_string(location.line) + ':' +
         std::to_string(location.column) + ": ";
}

}  // namespace

std::string render(const Diagnostic& diagnostic, const Sources& sources) {
  const Location& location = diagnostic.location;
  const char* severity = diagnostic.severity == Severity::error ? "error: " : "warning: ";
  std::string result = printable(place(location) + severity + diagnostic.summary) + '\n';
  const auto source = sources.find(location.file);
  if (location.line > 0 && source != sources.end()) result += excerpt(source->second, location);
  result += indented(diagnostic.detail);
  if (!diagnostic.hint.empty()) result += indented("hint: " + diagnostic.hint);
  return result;
}

}  // namespace stackctl::stack
