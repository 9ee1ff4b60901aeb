#include "cli/value_text.h"

#include <algorithm>
#include <vector>

#include "cli/line_diff.h"
#include "stackctl/text.h"

namespace stackctl::cli {
namespace {

constexpr std::size_t kLineWidth = 84;
constexpr std::size_t kSourceWidth = 60;

bool is_long(const std::string& text) {
  return text.find('\n') != std::string::npos || columns(text) > kLineWidth;
}

bool is_long_text(const Value& value) {
  const std::string* const text = value.text();
  return text != nullptr && is_long(*text);
}

std::string describe(const std::string& text) {
  const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
  const bool ends_open = !text.empty() && text.back() != '\n';
  return "(text of " + counted(lines + (ends_open ? 1 : 0), "line") + ", " +
         counted(text.size(), "byte") + ")";
}

std::string written(const Reference& reference) {
  const std::string attribute = reference.attribute.empty() ? "" : "." + reference.attribute;
  return "${" + reference.target + attribute + "}";
}

/// Whether the source of a deferred value says in one line what decides it.
bool is_telling(const std::string& source) {
  return source.size() <= kSourceWidth && source.find("${") != std::string::npos &&
         source.find('\n') == std::string::npos;
}

/// What decides a value that is not known yet.
std::string unknown(const Value& value) {
  const Deferred* const deferred = value.deferred();
  if (deferred != nullptr && is_telling(deferred->source))
    return "(known after apply: " + deferred->source + ")";
  std::vector<std::string> deciders;
  for (const Reference& reference : references(value))
    if (std::string name = written(reference);
        std::find(deciders.begin(), deciders.end(), name) == deciders.end())
      deciders.push_back(std::move(name));
  if (deciders.empty()) return "(known after apply)";
  return "(known after apply: " + join(deciders, ", ") + ")";
}

std::string list_line(const List& list) {
  std::vector<std::string> items;
  for (const Value& item : list) items.push_back(value_line(item));
  return "[" + join(items, ", ") + "]";
}

std::string map_line(const Map& map) {
  std::vector<std::string> members;
  for (const auto& [key, member] : map)
    if (!member.is_null()) members.push_back(harmless(key) + ": " + value_line(member));
  return "{" + join(members, ", ") + "}";
}

std::string margin(std::size_t indent) { return std::string(indent, ' '); }

std::string_view sign_of(Label label) {
  if (label == Label::add) return "+ ";
  return label == Label::destroy ? "- " : "  ";
}

Text list_block(const List& list, std::size_t indent, Label label, bool whole) {
  Text text;
  text.line("[");
  for (const Value& item : list) {
    text.add(margin(indent + 2)).add(sign_of(label), label);
    text.add(value_block(item, indent + 4, label, whole)).line(",");
  }
  return text.add(margin(indent)).add("]");
}

Text map_block(const Map& map, std::size_t indent, Label label, bool whole) {
  Text text;
  text.line("{");
  for (const auto& [key, member] : map) {
    if (member.is_null()) continue;
    text.add(margin(indent + 2)).add(sign_of(label), label).add(harmless(key) + ": ");
    text.add(value_block(member, indent + 4, label, whole)).line();
  }
  return text.add(margin(indent)).add("}");
}

Text whole_text(const std::string& words, std::size_t indent, Label label) {
  Text text;
  text.add(describe(words), Label::faint);
  std::vector<std::string> lines = split(words, '\n');
  if (!lines.empty() && lines.back().empty()) lines.pop_back();
  for (const std::string& line : lines)
    text.line().add(margin(indent + 2)).add(sign_of(label), label).add(harmless(line));
  return text;
}

Text text_change(const std::string& before, const std::string& after, std::size_t indent,
                 bool whole) {
  Text text;
  text.add(describe(before) + " -> " + describe(after), Label::faint);
  for (const DiffLine& line : line_diff(before, after, whole)) {
    text.line().add(margin(indent + 2));
    if (line.sign == '+') text.add("+ " + harmless(line.text), Label::add);
    if (line.sign == '-') text.add("- " + harmless(line.text), Label::destroy);
    if (line.sign == ' ') text.add("  " + harmless(line.text));
    if (line.sign == '.') text.add("  " + line.text, Label::faint);
  }
  return text;
}

bool holds(const List& list, const Value& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

/// Elements that only one side has, and how many both have.
Text list_change(const List& before, const List& after, std::size_t indent, bool whole) {
  Text text;
  std::size_t unchanged = 0;
  text.line("[");
  const auto add = [&](const Value& item, Label label) {
    text.add(margin(indent + 2)).add(sign_of(label), label);
    text.add(value_block(item, indent + 4, label, whole)).line(",");
  };
  for (const Value& item : before)
    if (!holds(after, item)) add(item, Label::destroy);
  for (const Value& item : after) {
    if (!holds(before, item))
      add(item, Label::add);
    else if (++unchanged, whole)
      add(item, Label::plain);
  }
  if (unchanged > 0 && !whole)
    text.add(margin(indent + 4))
        .line("# (" + counted(unchanged, "unchanged element") + " hidden)", Label::faint);
  return text.add(margin(indent)).add("]");
}

void add_member(Text& text, const std::string& key, std::size_t indent, Label label) {
  const std::string_view sign = label == Label::change ? "~ " : sign_of(label);
  text.add(margin(indent + 2)).add(sign, label).add(harmless(key) + ": ");
}

Text map_change(const Map& before, const Map& after, std::size_t indent, bool whole) {
  Text text;
  std::size_t unchanged = 0;
  text.line("{");
  for (const auto& [key, member] : before) {
    if (after.contains(key) || member.is_null()) continue;
    add_member(text, key, indent, Label::destroy);
    text.add(value_block(member, indent + 4, Label::destroy, whole)).line();
  }
  for (const auto& [key, member] : after) {
    const auto old = before.find(key);
    const bool is_new = old == before.end() || old->second.is_null();
    if (!is_new && old->second == member) {
      ++unchanged;
      continue;
    }
    add_member(text, key, indent, is_new ? Label::add : Label::change);
    text.add(is_new ? value_block(member, indent + 4, Label::add, whole)
                    : change_block(old->second, member, indent + 2, whole));
    text.line();
  }
  if (unchanged > 0)
    text.add(margin(indent + 4))
        .line("# (" + counted(unchanged, "unchanged member") + " hidden)", Label::faint);
  return text.add(margin(indent)).add("}");
}

Text hidden_change() { return Text().add("(secret) -> (secret)"); }

}  // namespace

std::string value_line(const Value& value) {
  if (value.reference() != nullptr || value.deferred() != nullptr) return unknown(value);
  if (const std::string* text = value.text(); text != nullptr && is_long(*text))
    return describe(*text);
  if (value.list() != nullptr) return list_line(*value.list());
  if (value.map() != nullptr) return map_line(*value.map());
  return harmless(display(value));
}

Text value_block(const Value& value, std::size_t indent, Label label, bool whole) {
  if (whole && is_long_text(value)) return whole_text(*value.text(), indent, label);
  const std::string line = value_line(value);
  if (columns(line) + indent <= kLineWidth) return Text().add(line);
  if (value.list() != nullptr) return list_block(*value.list(), indent, label, whole);
  if (value.map() != nullptr) return map_block(*value.map(), indent, label, whole);
  return Text().add(line);
}

Text change_block(const Value& before, const Value& after, std::size_t indent, bool whole) {
  if (before.has_secret() || after.has_secret()) return hidden_change();
  if (before.text() != nullptr && after.text() != nullptr &&
      (is_long_text(before) || is_long_text(after)))
    return text_change(*before.text(), *after.text(), indent, whole);
  const std::string line = value_line(before) + " -> " + value_line(after);
  if (columns(line) + indent <= kLineWidth) return Text().add(line);
  if (before.list() != nullptr && after.list() != nullptr)
    return list_change(*before.list(), *after.list(), indent, whole);
  if (before.map() != nullptr && after.map() != nullptr)
    return map_change(*before.map(), *after.map(), indent, whole);
  return Text().add(line);
}

}  // namespace stackctl::cli
