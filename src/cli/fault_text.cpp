#include "cli/fault_text.h"

#include <string_view>

#include "stack/excerpt.h"
#include "stackctl/text.h"

namespace stackctl::cli {
namespace {

bool starts_with(std::string_view text, std::string_view start) {
  return text.substr(0, start.size()) == start;
}

/// "stack.yaml:14:9: error: unknown attribute": the word bold and coloured, the rest bold.
Text headline(std::string_view line, Severity severity) {
  const bool is_error = severity == Severity::error;
  const std::string_view word = is_error ? "error:" : "warning:";
  const std::size_t at = line.find(word);
  if (at == std::string_view::npos) return Text().line(line, Label::heading);
  return Text()
      .add(line.substr(0, at))
      .add(word, is_error ? Label::error : Label::warning)
      .line(line.substr(at + word.size()), Label::heading);
}

bool is_word_character(char each) {
  return (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z') ||
         (each >= '0' && each <= '9') || each == '-' || each == '_';
}

/// Whether `summary` has `address` in it as a word: "d" does not stand in "destroyed".
bool tells(std::string_view summary, std::string_view address) {
  for (std::size_t at = summary.find(address); at != std::string_view::npos;
       at = summary.find(address, at + 1)) {
    const std::size_t end = at + address.size();
    const bool begins_inside = at > 0 && is_word_character(summary[at - 1]);
    const bool ends_inside = end < summary.size() && is_word_character(summary[end]);
    if (!begins_inside && !ends_inside) return true;
  }
  return false;
}

Text later_line(std::string_view line) {
  const std::string_view words = trim(line);
  if (starts_with(words, "hint:")) return Text().add("  hint:", Label::good).line(words.substr(5));
  if (starts_with(words, "| ")) return Text().line(line, Label::error);
  return Text().line(line);
}

}  // namespace

std::string place_text(const Location& location) {
  if (location.line < 1) return location.file;
  return location.file + ":" + std::to_string(location.line) + ":" +
         std::to_string(location.column);
}

Text fault_text(const Diagnostic& fault,
                const std::map<std::string, std::string, std::less<>>& sources) {
  Diagnostic addressed = fault;
  if (!fault.address.empty() && !tells(fault.summary, fault.address))
    addressed.summary = fault.address + ": " + fault.summary;
  std::vector<std::string> lines = split(stack::render(addressed, sources), '\n');
  if (!lines.empty() && lines.back().empty()) lines.pop_back();
  Text text;
  for (std::size_t i = 0; i < lines.size(); ++i)
    text.add(i == 0 ? headline(lines[i], fault.severity) : later_line(lines[i]));
  return text;
}

}  // namespace stackctl::cli
