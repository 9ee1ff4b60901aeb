// Functions with regular expressions. The engine takes linear time, whatever the pattern.
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <re2/re2.h>

#include "stack/functions.h"

namespace stackctl::stack::function {
namespace {

using Trait = Function::Trait;
using Groups = std::vector<re2::StringPiece>;

re2::StringPiece piece(std::string_view text) { return {text.data(), text.size()}; }

std::string_view view(const re2::StringPiece& text) { return {text.data(), text.size()}; }

RE2::Options quiet() {
  RE2::Options options;
  options.set_log_errors(false);
  return options;
}

Diagnostic broken(const RE2& pattern, std::size_t operand) {
  return operand_error(operand, "this is no regular expression: " + pattern.error());
}

/// Finds the first match from `begin` on; group 0 is the whole.
bool find(const RE2& pattern, std::string_view text, std::size_t begin, Groups& groups) {
  groups.assign(static_cast<std::size_t>(pattern.NumberOfCapturingGroups()) + 1, {});
  return pattern.Match(piece(text), begin, text.size(), RE2::UNANCHORED, groups.data(),
                       static_cast<int>(groups.size()));
}

/// Calls `take` with the groups of every match, from left to right.
template <class Take>
void for_each_match(const RE2& pattern, std::string_view text, const Take& take) {
  Groups groups;
  for (std::size_t at = 0; at <= text.size() && find(pattern, text, at, groups);) {
    take(groups);
    const auto begin = static_cast<std::size_t>(groups[0].data() - text.data());
    const std::size_t end = begin + groups[0].size();
    at = end;
    if (!groups[0].empty()) continue;
    // An empty match: go on behind the next character.
    do ++at;
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U);
  }
}

Value group_value(const re2::StringPiece& group) {
  return group.data() == nullptr ? Value() : Value(view(group));
}

/// The whole match; with groups a list of them, with names a map.
Value match_value(const RE2& pattern, const Groups& groups) {
  if (groups.size() == 1) return view(groups[0]);
  const std::map<int, std::string>& names = pattern.CapturingGroupNames();
  if (names.empty()) {
    List list;
    for (std::size_t i = 1; i < groups.size(); ++i) list.push_back(group_value(groups[i]));
    return list;
  }
  Map map;
  for (const auto& [number, name] : names)
    map.insert_or_assign(name, group_value(groups[static_cast<std::size_t>(number)]));
  return map;
}

Result<Value> regex(Arguments arguments, const FileReader&) {
  const RE2 pattern(*arguments[0].text(), quiet());
  if (!pattern.ok()) return broken(pattern, 0);
  Groups groups;
  if (find(pattern, *arguments[1].text(), 0, groups)) return match_value(pattern, groups);
  return operand_error(1, "the pattern does not match this text",
                       "regexall gives an empty list instead of a fault");
}

Result<Value> regex_all(Arguments arguments, const FileReader&) {
  const RE2 pattern(*arguments[0].text(), quiet());
  if (!pattern.ok()) return broken(pattern, 0);
  List matches;
  for_each_match(pattern, *arguments[1].text(),
                 [&](const Groups& groups) { matches.push_back(match_value(pattern, groups)); });
  return Value(std::move(matches));
}

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// "1" or "name" → what that group matched; nothing for an unknown one.
std::string_view group_of(const RE2& pattern, const Groups& groups, std::string_view name) {
  const std::map<std::string, int>& names = pattern.NamedCapturingGroups();
  const auto named = names.find(std::string(name));
  if (named != names.end()) return view(groups[static_cast<std::size_t>(named->second)]);
  std::size_t number = 0;
  for (const char c : name) {
    if (c < '0' || c > '9') return {};
    number = number * 10 + static_cast<std::size_t>(c - '0');
    if (number >= groups.size()) return {};
  }
  return name.empty() ? std::string_view() : view(groups[number]);
}

/// Takes "1", "name" or "{name}", what stands behind a '$'.
std::string_view take_name(std::string_view& text) {
  const bool has_braces = text.starts_with('{');
  if (has_braces && text.find('}') != std::string_view::npos) {
    const std::string_view name = text.substr(1, text.find('}') - 1);
    text.remove_prefix(name.size() + 2);
    return name;
  }
  std::size_t length = 0;
  while (length < text.size() && is_word(text[length])) ++length;
  const std::string_view name = text.substr(0, length);
  text.remove_prefix(length);
  return name;
}

/// The replacement with `$1`, `$name` and `${name}` filled in; `$$` is a `$`.
std::string expanded(const RE2& pattern, const Groups& groups, std::string_view replacement) {
  std::string result;
  while (!replacement.empty()) {
    const std::size_t plain = std::min(replacement.find('$'), replacement.size());
    result += replacement.substr(0, plain);
    replacement.remove_prefix(plain);
    if (replacement.empty()) break;
    replacement.remove_prefix(1);
    if (replacement.starts_with('$')) {
      result += '$';
      replacement.remove_prefix(1);
      continue;
    }
    const std::string_view name = take_name(replacement);
    if (name.empty())
      result += '$';
    else
      result += group_of(pattern, groups, name);
  }
  return result;
}

Result<Value> replace_pattern(std::string_view text, std::string_view source,
                              std::string_view replacement) {
  const RE2 pattern(piece(source), quiet());
  if (!pattern.ok()) return broken(pattern, 1);
  std::string result;
  std::size_t done = 0;
  for_each_match(pattern, text, [&](const Groups& groups) {
    const auto begin = static_cast<std::size_t>(groups[0].data() - text.data());
    result += text.substr(done, begin - done);
    result += expanded(pattern, groups, replacement);
    done = begin + groups[0].size();
  });
  result += text.substr(done);
  return Value(std::move(result));
}

Result<Value> replace(Arguments arguments, const FileReader&) {
  const std::string_view from = *arguments[1].text();
  const std::string_view to = *arguments[2].text();
  if (from.size() > 1 && from.starts_with('/') && from.ends_with('/'))
    return replace_pattern(*arguments[0].text(), from.substr(1, from.size() - 2), to);
  if (from.empty()) return operand_error(1, "the part to replace is empty");
  std::string_view rest = *arguments[0].text();
  std::string result;
  for (std::size_t at = rest.find(from); at != std::string_view::npos; at = rest.find(from)) {
    result.append(rest.substr(0, at)).append(to);
    rest.remove_prefix(at + from.size());
  }
  return Value(result.append(rest));
}

constexpr std::array kTable = {
    Function{"regex", "regex(pattern, string)",
             "The first match: its text, or the list or map of its groups", "ss", Trait::none,
             regex},
    Function{"regexall", "regexall(pattern, string)", "All matches, as regex() gives them", "ss",
             Trait::none, regex_all},
    Function{"replace", "replace(string, part, replacement)",
             "Every part replaced; a part in slashes is a regular expression, $1 its first group",
             "sss", Trait::none, replace},
};

}  // namespace

std::span<const Function> patterns() { return kTable; }

}  // namespace stackctl::stack::function
