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
  if (!fault.address.empty() && fault.summary.find(fault.address) == std::string::npos)
    addressed.summary = fault.address + ": " + fault.summary;
  std::vector<std::string> lines = split(stack::render(addressed, sources), '\n');
  if (!lines.empty() && lines.back().empty()) lines.pop_back();
  Text text;
  for (std::size_t i = 0; i < lines.size(); ++i)
    text.add(i == 0 ? headline(lines[i], fault.severity) : later_line(lines[i]));
  return text;
}

}  // namespace stackctl::cli
