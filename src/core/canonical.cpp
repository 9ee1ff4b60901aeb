#include <algorithm>
#include <cmath>

#include "stackctl/json.h"
#include "stackctl/schema.h"
#include "stackctl/text.h"

namespace stackctl {
namespace {

/// Without null members, and with whole numbers as integers.
Value plain(const Value& value) {
  if (const double* number = value.number()) {
    constexpr double exact_limit = 9007199254740992.0;  // 2^53: beyond, doubles skip integers
    const bool is_whole = std::trunc(*number) == *number && std::abs(*number) <= exact_limit;
    return is_whole ? Value(static_cast<std::int64_t>(*number)) : value;
  }
  if (const List* list = value.list()) {
    List out;
    out.reserve(list->size());
    for (const Value& item : *list) out.push_back(plain(item));
    return Value(std::move(out));
  }
  if (const Map* map = value.map()) {
    Map out;
    for (const auto& [key, member] : *map)
      if (!member.is_null()) out.emplace(key, plain(member));
    return Value(std::move(out));
  }
  return value;
}

/// What an item of a set is sorted by. References all look the same in JSON, so they are added.
std::string sort_key(const Value& item) {
  std::string key = json::write(item, json::Secrets::revealed);
  for (const Reference& reference : references(item))
    key += '\n' + reference.target + '.' + reference.attribute;
  return key;
}

Value sorted(List items) {
  if (items.size() < 2) return Value(std::move(items));
  std::vector<std::pair<std::string, Value>> keyed;
  keyed.reserve(items.size());
  for (Value& item : items) keyed.emplace_back(sort_key(item), std::move(item));
  std::stable_sort(keyed.begin(), keyed.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  items.clear();
  for (auto& [key, item] : keyed)
    if (items.empty() || !(items.back() == item)) items.push_back(std::move(item));
  return Value(std::move(items));
}

Value canonical_members(const Map& given, const Schema& schema) {
  Map out;
  for (const Attribute& attribute : schema) {
    if (attribute.is_output) continue;
    const auto found = given.find(attribute.name);
    const bool is_absent = found == given.end() || found->second.is_null();
    const Value& member = is_absent ? attribute.standard : found->second;
    if (member.is_null()) continue;
    out.emplace(attribute.name, canonical(member, attribute));
  }
  return Value(std::move(out));
}

Value canonical_items(const List& items, const Attribute& attribute) {
  List out;
  out.reserve(items.size());
  for (const Value& item : items) out.push_back(canonical(item, attribute.members.front()));
  return attribute.type == Type::set ? sorted(std::move(out)) : Value(std::move(out));
}

Value canonical_entries(const Map& entries, const Attribute& element) {
  Map out;
  for (const auto& [key, entry] : entries)
    if (!entry.is_null()) out.emplace(key, canonical(entry, element));
  return Value(std::move(out));
}

/// By the attribute's structure. A value of another shape, such as a cloud may answer with, is
/// only made plain.
Value structured(const Value& value, const Attribute& attribute) {
  const Map* map = value.map();
  if (map != nullptr && attribute.type == Type::object)
    return canonical_members(*map, attribute.members);
  if (attribute.members.empty()) return plain(value);
  if (map != nullptr && attribute.type == Type::map)
    return canonical_entries(*map, attribute.members.front());
  const bool is_sequence = attribute.type == Type::list || attribute.type == Type::set;
  if (value.list() != nullptr && is_sequence) return canonical_items(*value.list(), attribute);
  return plain(value);
}

}  // namespace

Value canonical(const Value& value, const Attribute& attribute) {
  if (value.reference() != nullptr || value.deferred() != nullptr) return value;
  Value out = structured(value, attribute);
  return attribute.canonical == nullptr ? out : attribute.canonical(out);
}

Value lower_case(const Value& value) {
  return value.text() == nullptr ? value : Value(to_lower(*value.text()));
}

}  // namespace stackctl
