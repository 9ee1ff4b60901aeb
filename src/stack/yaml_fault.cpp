#include "stack/yaml_fault.h"

#include <algorithm>
#include <array>
#include <utility>

namespace stackctl::stack {
namespace {

constexpr std::size_t kMaxBytes = std::size_t{64} << 20U;

struct Explanation {
  std::string_view problem;  ///< what the parser says
  std::string_view context;  ///< and of what it says so; empty: whatever
  std::string_view summary;
  std::string_view hint;
  bool is_at_begin = false;  ///< the fault is where that begins, not where it is noticed
};

constexpr std::string_view kTabHint = "indent with spaces";
constexpr std::string_view kTab = "a tab cannot indent YAML";

constexpr std::array kExplanations = {
    Explanation{"found a tab character", "", kTab, kTabHint},
    Explanation{
        "mapping values are not allowed", "", "a ':' is not allowed here",
        "put a text that contains ': ' into quotes; check the line above for a missing ':'"},
    Explanation{"did not find expected key", "", "this line is indented unlike the keys above it",
                "give all keys of a map the same indentation"},
    Explanation{"could not find expected ':'", "", "this line is no key with a value",
                "write it as key: value, or give the text the indentation of the one above it",
                true},
    Explanation{"did not find expected ',' or '}'", "", "a '{' is not closed before here",
                "close it with '}'"},
    Explanation{"did not find expected ',' or ']'", "", "a '[' is not closed before here",
                "close it with ']'"},
    Explanation{"did not find expected node content", "flow node",
                "a value or a closing bracket is missing here",
                "write a value, or close the list with ']' or the map with '}'"},
    Explanation{"did not find expected '-' indicator", "",
                "this line is indented unlike the list above it",
                "begin all items with '-' in the same column"},
    Explanation{"cannot start any token", "", "a value cannot begin with this character",
                "put the text into quotes"},
    Explanation{"block sequence entries are not allowed", "", "a list item is not allowed here",
                "begin the list on a line of its own"},
    Explanation{"mapping keys are not allowed", "", "a key is not allowed here", ""},
    Explanation{"unknown escape", "", "unknown escape sequence in a quoted text",
                "write a backslash as \\\\, or use single quotes"},
    Explanation{"found unexpected", "quoted scalar", "this quoted text has no end",
                "close the quotes", true},
    Explanation{"control characters are not allowed", "",
                "the file holds a character that no text has", "remove it"},
};

/// The two mistakes behind which the parser's words would lead astray: a tab, which it takes for a
/// blank, and an expression whose braces or colons it takes for its own.
std::optional<Diagnostic> explain_line(const Place& place) {
  const std::size_t start = place.offset - (place.column - 1);
  const std::string_view before = std::string_view(place.source->text).substr(start, place.column);
  const auto at = [&](std::size_t column) {
    return Place{place.source, static_cast<std::uint32_t>(start + column), place.line,
                 static_cast<std::uint32_t>(column + 1)};
  };
  const std::size_t indent = std::min(before.find_first_not_of(" \t"), before.size());
  const std::size_t tab = before.substr(0, indent).find('\t');
  if (tab != std::string_view::npos)
    return placed(error(std::string(kTab), std::string(kTabHint)), locate(at(tab), 1));
  const std::size_t expression = before.rfind("${");
  if (expression == std::string_view::npos ||
      before.find('}', expression) != std::string_view::npos)
    return std::nullopt;
  return placed(error("this expression needs quotes around its text",
                      "write \"...${...}...\": YAML takes '{', '}' and ': ' for its own"),
                locate(at(expression), 2));
}

/// Brackets that are closed are told by what is missing between them.
bool is_closing_bracket(const Place& place) {
  const std::string_view rest = std::string_view(place.source->text).substr(place.offset);
  return rest.starts_with(']') || rest.starts_with('}');
}

/// Finds the first byte that is no part of well-formed UTF-8, or npos.
std::size_t find_invalid_utf8(std::string_view text) {
  std::size_t i = 0;
  while (i < text.size()) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t length = lead < 0x80   ? 1
                               : lead < 0xC2 ? 0
                               : lead < 0xE0 ? 2
                               : lead < 0xF0 ? 3
                               : lead < 0xF5 ? 4
                                             : 0;
    if (length == 0 || i + length > text.size()) return i;
    for (std::size_t k = 1; k < length; ++k)
      if ((static_cast<unsigned char>(text[i + k]) & 0xC0U) != 0x80U) return i;
    if (lead == 0) return i;
    i += length;
  }
  return std::string_view::npos;
}

}  // namespace

Diagnostic placed(Diagnostic diagnostic, Location location) {
  diagnostic.location = std::move(location);
  return diagnostic;
}

Diagnostic explain_parser(const Place& place, std::string_view problem, const Place& begin,
                          std::string_view context) {
  if (std::optional<Diagnostic> fault = explain_line(place)) return *std::move(fault);
  if (is_closing_bracket(place))
    return placed(error("a closing bracket without an opening one"), locate(place, 1));
  for (const Explanation& row : kExplanations)
    if (problem.find(row.problem) != std::string_view::npos &&
        context.find(row.context) != std::string_view::npos)
      return placed(error(std::string(row.summary), std::string(row.hint)),
                    locate(row.is_at_begin ? begin : place, 1));
  return placed(error("invalid YAML: " + std::string(problem)), locate(place, 1));
}

std::optional<Diagnostic> check_text(const Source& source) {
  if (source.text.size() > kMaxBytes) {
    return placed(error("the file is too big", "at most 64 MiB"), locate({&source, 0, 1, 1}, 1));
  }
  const std::size_t bad = find_invalid_utf8(source.text);
  if (bad == std::string_view::npos) return std::nullopt;
  const Place place = advance({&source, 0, 1, 1}, bad);
  return placed(
      error("the file is not UTF-8 text", "save it with the encoding UTF-8"),
      Location{source.name, static_cast<int>(place.line), static_cast<int>(place.column), 1});
}

}  // namespace stackctl::stack
