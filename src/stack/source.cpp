#include "stack/source.h"

#include <algorithm>

namespace stackctl::stack {
namespace {

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

/// Characters, not bytes.
int count_characters(std::string_view text) {
  return static_cast<int>(
      std::count_if(text.begin(), text.end(), [](char c) { return !is_continuation(c); }));
}

/// Columns on longer lines are counted in bytes: no person reads them.
constexpr std::size_t kLongestLine = 10'000;

std::string_view rest_of_line(const Place& place, std::size_t at_most = std::string_view::npos) {
  const std::string_view rest = std::string_view(place.source->text).substr(place.offset, at_most);
  const std::string_view line = rest.substr(0, rest.find('\n'));
  return line.substr(0, line.find('\r'));
}

std::size_t quoted_length(std::string_view line) {
  const char quote = line[0];
  for (std::size_t i = 1; i < line.size(); ++i) {
    const bool is_pair = quote == '\'' && line.substr(i).starts_with("''");
    if (is_pair || (quote == '"' && line[i] == '\\'))
      ++i;
    else if (line[i] == quote)
      return i + 1;
  }
  return line.size();
}

std::size_t bracketed_length(std::string_view line) {
  int depth = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '"' || line[i] == '\'')
      i += quoted_length(line.substr(i)) - 1;
    else if (line[i] == '[' || line[i] == '{')
      ++depth;
    else if ((line[i] == ']' || line[i] == '}') && --depth == 0)
      return i + 1;
  }
  return 1;
}

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

/// How many source bytes the escape sequence at `text` (a backslash) takes.
std::size_t escape_length(std::string_view text) {
  const char kind = text.size() > 1 ? text[1] : '\0';
  if (kind == 'x') return 4;
  if (kind == 'u') return 6;
  if (kind == 'U') return 10;
  return 2;
}

/// How many value bytes it stands for.
std::size_t escape_width(std::string_view value) {
  std::size_t width = 1;
  while (width < value.size() && is_continuation(value[width])) ++width;
  return width;
}

/// Walks source and value of a plain or quoted scalar side by side.
std::size_t flow_offset(std::string_view text, std::size_t at, std::string_view value,
                        std::size_t index) {
  const char quote = text[at] == '"' || text[at] == '\'' ? text[at] : '\0';
  if (quote != '\0') ++at;
  const auto skip_joined_lines = [&] {
    if (quote != '"' || at + 1 >= text.size() || text[at] != '\\' || !is_space(text[at + 1]))
      return;
    for (++at; at < text.size() && is_space(text[at]);) ++at;
  };
  skip_joined_lines();
  for (std::size_t i = 0; i < index && at < text.size(); skip_joined_lines()) {
    if (quote == '"' && text[at] == '\\') {
      at += escape_length(text.substr(at));
      i += escape_width(value.substr(i));
    } else if (text[at] == value[i]) {
      at += quote == '\'' && text[at] == '\'' ? 2 : 1;
      ++i;
    } else if (is_space(text[at])) {
      // A folded line break: any blanks in the source, one in the value.
      while (at < text.size() && is_space(text[at])) ++at;
      while (i < index && is_space(value[i])) ++i;
    } else {
      return at;
    }
  }
  return at;
}

/// How many blanks begin each line of the block scalar whose `|` or `>` stands at `at`.
std::size_t block_indent(std::string_view text, std::size_t at, std::size_t body) {
  const std::string_view header = text.substr(at, body - at);
  const std::size_t digit = header.substr(0, header.find('#')).find_first_of("123456789");
  const std::size_t anchor = digit == std::string_view::npos
                                 ? std::min(text.find_first_not_of(" \r\n", body), text.size())
                                 : at;
  const std::size_t line = anchor == 0 ? 0 : text.rfind('\n', anchor - 1) + 1;
  if (digit == std::string_view::npos) return anchor - line;
  const std::size_t parent = std::min(text.find_first_not_of(' ', line), text.size()) - line;
  return parent + static_cast<std::size_t>(header[digit] - '0');
}

/// The same for the lines below `|` or `>`.
std::size_t block_offset(std::string_view text, std::size_t at, std::string_view value,
                         std::size_t index) {
  const std::size_t body = std::min(text.find('\n', at), text.size() - 1) + 1;
  const std::size_t indent = block_indent(text, at, body);
  at = body;
  const auto skip_indent = [&] {
    for (std::size_t n = 0; n < indent && at < text.size() && text[at] == ' '; ++n) ++at;
  };
  skip_indent();
  for (std::size_t i = 0; i < index && at < text.size();) {
    const char c = text[at++];
    if (c == '\r') continue;
    if (c != '\n' || is_space(value[i])) ++i;
    if (c == '\n') skip_indent();
  }
  return at;
}

}  // namespace

Location locate(const Place& place, std::size_t length) {
  Location location;
  if (place.source == nullptr) return location;
  location.file = place.source->name;
  location.line = static_cast<int>(place.line);
  const std::string_view text = place.source->text;
  const std::size_t start = place.offset - (place.column - 1);
  const bool is_long = place.column > kLongestLine;
  location.column = is_long ? static_cast<int>(place.column)
                            : 1 + count_characters(text.substr(start, place.column - 1));
  const std::string_view token = rest_of_line(place, length);
  location.length = std::max(1, count_characters(token));
  return location;
}

Place advance(Place from, std::size_t offset) {
  const std::string_view text = from.source->text;
  const std::size_t end = std::min(offset, text.size());
  for (; from.offset < end; ++from.offset) {
    ++from.column;
    if (text[from.offset] != '\n') continue;
    ++from.line;
    from.column = 1;
  }
  return from;
}

std::size_t token_length(const Place& place) {
  const std::string_view line = rest_of_line(place);
  if (line.empty()) return 1;
  if (line[0] == '"' || line[0] == '\'') return quoted_length(line);
  if (line[0] == '[' || line[0] == '{') return bracketed_length(line);
  if (line[0] == '|' || line[0] == '>') return 1;
  std::size_t end = std::min({line.find(": "), line.find(" #"), line.find(", "), line.size()});
  end = std::min(end, line.find_last_not_of(" \t:") + 1);
  return std::max<std::size_t>(end, 1);
}

std::size_t source_offset(const Place& place, std::string_view value, std::size_t index) {
  const std::string_view text = place.source->text;
  if (place.offset >= text.size()) return text.size();
  index = std::min(index, value.size());
  const char first = text[place.offset];
  if (first == '|' || first == '>') return block_offset(text, place.offset, value, index);
  return flow_offset(text, place.offset, value, index);
}

}  // namespace stackctl::stack
