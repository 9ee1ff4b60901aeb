// Functions on lists, maps and numbers.
#include <algorithm>
#include <utility>

#include "stack/functions.h"

namespace stackctl::stack::function {
namespace {

double as_double(const Value& value) {
  return value.integer() != nullptr ? static_cast<double>(*value.integer()) : *value.number();
}

bool is_less(const Value& a, const Value& b) { return as_double(a) < as_double(b); }

bool is_blank(const Value& value) {
  const std::string* text = value.revealed();
  return value.is_null() || (text != nullptr && text->empty());
}

/// Code points, so that "é" has the length 1.
std::int64_t character_count(std::string_view text) {
  return std::count_if(text.begin(), text.end(),
                       [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
}

}  // namespace

Result<Value> coalesce(Arguments arguments, const FileReader&) {
  const auto found = std::find_if_not(arguments.begin(), arguments.end(), is_blank);
  if (found == arguments.end()) return error("all arguments of 'coalesce' are null or empty");
  return *found;
}

Result<Value> concat(Arguments arguments, const FileReader&) {
  List result;
  for (const Value& list : arguments)
    result.insert(result.end(), list.items().begin(), list.items().end());
  return Value(std::move(result));
}

Result<Value> contains(Arguments arguments, const FileReader&) {
  const std::span<const Value> items = arguments[0].items();
  return Value(std::find(items.begin(), items.end(), arguments[1]) != items.end());
}

Result<Value> keys(Arguments arguments, const FileReader&) {
  List result;
  for (const auto& member : *arguments[0].map()) result.emplace_back(member.first);
  return Value(std::move(result));
}

Result<Value> length(Arguments arguments, const FileReader&) {
  const Value& value = arguments[0];
  if (value.list() != nullptr) return Value(static_cast<std::int64_t>(value.list()->size()));
  if (value.map() != nullptr) return Value(static_cast<std::int64_t>(value.map()->size()));
  const std::string* text = value.revealed();
  if (text == nullptr)
    return operand_error(
        0, "'length' wants a list, a map or a string here, not " + with_article(type_name(value)));
  const Value count = character_count(*text);
  return value.secret() != nullptr ? conceal(count) : count;
}

Result<Value> lookup(Arguments arguments, const FileReader&) {
  const auto found = arguments[0].map()->find(*arguments[1].revealed());
  if (found != arguments[0].map()->end()) return found->second;
  if (arguments.size() > 2) return arguments[2];
  return operand_error(1, "there is no such key in the map", "give a default as third argument");
}

Result<Value> max(Arguments arguments, const FileReader&) {
  return *std::max_element(arguments.begin(), arguments.end(), is_less);
}

Result<Value> merge(Arguments arguments, const FileReader&) {
  Map result;
  for (const Value& map : arguments)
    for (const auto& [key, member] : *map.map()) result.insert_or_assign(key, member);
  return Value(std::move(result));
}

Result<Value> min(Arguments arguments, const FileReader&) {
  return *std::min_element(arguments.begin(), arguments.end(), is_less);
}

Result<Value> values(Arguments arguments, const FileReader&) {
  List result;
  for (const auto& member : *arguments[0].map()) result.push_back(member.second);
  return Value(std::move(result));
}

}  // namespace stackctl::stack::function
