// What a scalar of YAML 1.2's core schema means.
#include <array>
#include <charconv>
#include <cmath>
#include <limits>

#include "stack/document.h"

namespace stackctl::stack {
namespace {

bool is_one_of(std::string_view text, std::string_view a, std::string_view b, std::string_view c) {
  return text == a || text == b || text == c;
}

std::optional<std::int64_t> parse_integer(std::string_view text) {
  const bool is_negative = text.starts_with('-');
  if (is_negative || text.starts_with('+')) text.remove_prefix(1);
  int base = 10;
  if (text.starts_with("0x")) base = 16;
  if (text.starts_with("0o")) base = 8;
  if (base != 10) text.remove_prefix(2);
  if (text.empty() || text[0] == '-' || text[0] == '+') return std::nullopt;
  std::uint64_t magnitude = 0;
  const auto [end, status] =
      std::from_chars(text.data(), text.data() + text.size(), magnitude, base);
  constexpr std::uint64_t kLimit = std::numeric_limits<std::int64_t>::max();
  if (status != std::errc() || end != text.data() + text.size() || magnitude > kLimit)
    return std::nullopt;
  const auto value = static_cast<std::int64_t>(magnitude);
  return is_negative ? -value : value;
}

/// Only what looks like a decimal number: no "inf", "nan" or hexadecimal floats.
std::optional<double> parse_number(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  if (text.find_first_not_of("0123456789.eE+-") != std::string_view::npos) return std::nullopt;
  if (text.find_first_of(".eE") == std::string_view::npos) return std::nullopt;
  double value = 0;
  const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (status != std::errc() || end != text.data() + text.size() || !std::isfinite(value))
    return std::nullopt;
  return value;
}

}  // namespace

Value plain_value(std::string_view text) {
  if (text.empty() || text == "~" || is_one_of(text, "null", "Null", "NULL")) return {};
  if (is_one_of(text, "true", "True", "TRUE")) return true;
  if (is_one_of(text, "false", "False", "FALSE")) return false;
  constexpr std::string_view kNumberStart = "0123456789+-.";
  if (kNumberStart.find(text[0]) == std::string_view::npos) return text;
  if (const std::optional<std::int64_t> integer = parse_integer(text)) return *integer;
  if (const std::optional<double> number = parse_number(text)) return *number;
  return text;
}

Value scalar_value(const Node& node) {
  return node.is_plain ? plain_value(node.text) : Value(node.text);
}

Value to_value(const Node& node) {
  switch (node.shape) {
    case Node::Shape::null:
      return {};
    case Node::Shape::scalar:
      return scalar_value(node);
    case Node::Shape::list: {
      List list;
      for (const Node& item : node.items) list.push_back(to_value(item));
      return list;
    }
    case Node::Shape::map: {
      Map::Members members;
      members.reserve(node.entries.size());
      for (const Entry& entry : node.entries)
        members.emplace_back(entry.key, to_value(entry.value));
      return Map::of(std::move(members));
    }
  }
  return {};
}

}  // namespace stackctl::stack
