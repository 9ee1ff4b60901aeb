// Functions on lists and maps. The structural ones leave items alone that are secret or not known
// yet.
#include <algorithm>
#include <numeric>
#include <utility>

#include "stack/characters.h"
#include "stack/functions.h"

namespace stackctl::stack::function {
namespace {

using Trait = Function::Trait;

constexpr std::int64_t kMostItems = 100'000;

bool is_blank(const Value& value) {
  const std::string* text = value.revealed();
  return value.is_null() || (text != nullptr && text->empty());
}

Result<Value> all_true(Arguments arguments, const FileReader&) {
  const std::span<const Value> items = arguments[0].items();
  return Value(std::all_of(items.begin(), items.end(), [](const Value& v) { return v == true; }));
}

Result<Value> any_true(Arguments arguments, const FileReader&) {
  const std::span<const Value> items = arguments[0].items();
  return Value(std::any_of(items.begin(), items.end(), [](const Value& v) { return v == true; }));
}

Result<Value> chunk_list(Arguments arguments, const FileReader&) {
  const std::int64_t size = *arguments[1].integer();
  if (size < 1) return operand_error(1, "the size must be at least 1");
  List chunks;
  List chunk;
  for (const Value& item : arguments[0].items()) {
    chunk.push_back(item);
    if (static_cast<std::int64_t>(chunk.size()) == size)
      chunks.emplace_back(std::exchange(chunk, {}));
  }
  if (!chunk.empty()) chunks.emplace_back(std::move(chunk));
  return Value(std::move(chunks));
}

Result<Value> coalesce(Arguments arguments, const FileReader&) {
  const auto found = std::find_if_not(arguments.begin(), arguments.end(), is_blank);
  if (found == arguments.end()) return error("all arguments of 'coalesce' are null or empty");
  return *found;
}

Result<Value> coalesce_list(Arguments arguments, const FileReader&) {
  const auto found = std::find_if(arguments.begin(), arguments.end(),
                                  [](const Value& list) { return !list.items().empty(); });
  if (found == arguments.end()) return error("all arguments of 'coalescelist' are empty");
  return *found;
}

Result<Value> compact(Arguments arguments, const FileReader&) {
  List result;
  for (const Value& item : arguments[0].items())
    if (!is_blank(item)) result.push_back(item);
  return Value(std::move(result));
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

Result<Value> element(Arguments arguments, const FileReader&) {
  const std::span<const Value> items = arguments[0].items();
  if (items.empty()) return operand_error(0, "the list is empty");
  const auto size = static_cast<std::int64_t>(items.size());
  const std::int64_t index = *arguments[1].integer() % size;
  return items[static_cast<std::size_t>(index < 0 ? index + size : index)];
}

void flatten_into(List& result, const Value& list) {
  for (const Value& item : list.items()) {
    if (item.list() != nullptr)
      flatten_into(result, item);
    else
      result.push_back(item);
  }
}

Result<Value> flatten(Arguments arguments, const FileReader&) {
  List result;
  flatten_into(result, arguments[0]);
  return Value(std::move(result));
}

Result<Value> index(Arguments arguments, const FileReader&) {
  const std::span<const Value> items = arguments[0].items();
  const auto found = std::find(items.begin(), items.end(), arguments[1]);
  if (found == items.end()) return operand_error(1, "the list does not have this value");
  return Value(static_cast<std::int64_t>(found - items.begin()));
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
  if (value.text() != nullptr)
    return Value(static_cast<std::int64_t>(characters(*value.text()).size()));
  return operand_error(
      0, "'length' wants a list, a map or a string here, not " + with_article(type_name(value)));
}

Result<Value> lookup(Arguments arguments, const FileReader&) {
  const auto found = arguments[0].map()->find(*arguments[1].text());
  if (found != arguments[0].map()->end()) return found->second;
  if (arguments.size() > 2) return arguments[2];
  return operand_error(1, "there is no such key in the map", "give a default as third argument");
}

Result<Value> merge(Arguments arguments, const FileReader&) {
  Map::Members members;
  for (const Value& map : arguments)
    members.insert(members.end(), map.map()->begin(), map.map()->end());
  return Value(Map::of(std::move(members)));
}

Result<Value> one(Arguments arguments, const FileReader&) {
  const std::span<const Value> items = arguments[0].items();
  if (items.size() > 1)
    return operand_error(
        0, "the list has " + std::to_string(items.size()) + " items, not one or none");
  return items.empty() ? Value() : items.front();
}

/// range(limit), range(start, limit), range(start, limit, step)
Result<Value> range(Arguments arguments, const FileReader&) {
  const bool has_start = arguments.size() > 1;
  const std::int64_t start = has_start ? *arguments[0].integer() : 0;
  const std::int64_t limit = *arguments[has_start ? 1 : 0].integer();
  const std::int64_t step = arguments.size() > 2 ? *arguments[2].integer() : limit < start ? -1 : 1;
  if (step == 0) return operand_error(2, "the step must not be 0");
  List result;
  std::int64_t next = start;
  while (step > 0 ? next < limit : next > limit) {
    if (static_cast<std::int64_t>(result.size()) == kMostItems)
      return error("the range has more than 100000 items");
    result.emplace_back(next);
    if (__builtin_add_overflow(next, step, &next)) break;
  }
  return Value(std::move(result));
}

Result<Value> reverse(Arguments arguments, const FileReader&) {
  const std::span<const Value> items = arguments[0].items();
  return Value(List(items.rbegin(), items.rend()));
}

Result<Value> slice(Arguments arguments, const FileReader&) {
  const std::span<const Value> items = arguments[0].items();
  const std::int64_t begin = *arguments[1].integer();
  const std::int64_t end = *arguments[2].integer();
  if (begin < 0 || begin > end) return operand_error(1, "the start must be from 0 to the end");
  if (end > static_cast<std::int64_t>(items.size()))
    return operand_error(2, "the list has " + std::to_string(items.size()) + " items only");
  return Value(List(items.begin() + begin, items.begin() + end));
}

bool is_number(const Value& value) {
  return value.integer() != nullptr || value.number() != nullptr;
}

double as_double(const Value& value) {
  return value.integer() != nullptr ? static_cast<double>(*value.integer()) : *value.number();
}

Result<Value> sort(Arguments arguments, const FileReader&) {
  const std::span<const Value> items = arguments[0].items();
  List result(items.begin(), items.end());
  if (std::all_of(items.begin(), items.end(), is_number)) {
    std::stable_sort(result.begin(), result.end(),
                     [](const Value& a, const Value& b) { return as_double(a) < as_double(b); });
    return Value(std::move(result));
  }
  for (const Value& item : items)
    if (item.text() == nullptr)
      return operand_error(0, "'sort' wants strings only or numbers only, but the list holds " +
                                  with_article(type_name(item)));
  std::stable_sort(result.begin(), result.end(),
                   [](const Value& a, const Value& b) { return *a.text() < *b.text(); });
  return Value(std::move(result));
}

Result<Value> sum(Arguments arguments, const FileReader&) {
  Value total = 0;
  for (const Value& item : arguments[0].items()) {
    if (!is_number(item))
      return operand_error(
          0, "the list holds " + with_article(type_name(item)) + ", not numbers only");
    const Result<Value> next = apply_binary("+", List{total, item});
    if (!next) return error(next.fault().summary);
    total = *next;
  }
  return total;
}

Result<Value> values(Arguments arguments, const FileReader&) {
  List result;
  for (const auto& member : *arguments[0].map()) result.push_back(member.second);
  return Value(std::move(result));
}

Result<Value> zip_map(Arguments arguments, const FileReader&) {
  const std::span<const Value> names = arguments[0].items();
  const std::span<const Value> values = arguments[1].items();
  if (names.size() != values.size())
    return operand_error(1, "there are " + std::to_string(names.size()) + " keys, but " +
                                std::to_string(values.size()) + " values");
  Map::Members members;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string* name = names[i].text();
    if (name == nullptr)
      return operand_error(
          0, "the keys must be strings known now, not " + with_article(type_name(names[i])));
    members.emplace_back(*name, values[i]);
  }
  return Value(Map::of(std::move(members)));
}

constexpr auto kShape = Trait::structural;
constexpr std::array kTable = {
    Function{"alltrue", "alltrue(list)", "Whether all items are true; so of an empty list", "l",
             Trait::none, all_true},
    Function{"anytrue", "anytrue(list)", "Whether one item at least is true", "l", Trait::none,
             any_true},
    Function{"chunklist", "chunklist(list, size)", "The list cut into lists of this size", "li",
             kShape, chunk_list},
    Function{"coalesce", "coalesce(value, ...)", "The first argument that is neither null nor \"\"",
             "a*", kShape, coalesce},
    Function{"coalescelist", "coalescelist(list, ...)", "The first list that is not empty", "l*",
             kShape, coalesce_list},
    Function{"compact", "compact(list)", "The items that are neither null nor \"\"", "l",
             Trait::none, compact},
    Function{"concat", "concat(list, ...)", "All items of the lists in one list", "l*", kShape,
             concat},
    Function{"contains", "contains(list, value)", "Whether the list has the value", "la",
             Trait::none, contains},
    Function{"element", "element(list, index)",
             "The item, counted from 0; beyond the end it begins anew", "li", kShape, element},
    Function{"flatten", "flatten(list)", "The items of the lists inside, and theirs, in one list",
             "l", kShape, flatten},
    Function{"index", "index(list, value)", "Where in the list the value stands, counted from 0",
             "la", Trait::none, index},
    Function{"keys", "keys(map)", "The keys, sorted", "m", kShape, keys},
    Function{"length", "length(value)", "Items of a list or map, characters of a string", "a",
             kShape, length},
    Function{"lookup", "lookup(map, key, default)",
             "The member, or the default where there is none", "ms?a", kShape, lookup},
    Function{"merge", "merge(map, ...)", "One map of all members; the last one wins", "m*", kShape,
             merge},
    Function{"one", "one(list)", "The only item, or null of an empty list", "l", kShape, one},
    Function{"range", "range(start, limit, step)",
             "The integers from the start (0 when left out) to before the limit", "i?ii",
             Trait::none, range},
    Function{"reverse", "reverse(list)", "The items from last to first", "l", kShape, reverse},
    Function{"slice", "slice(list, start, end)", "The items from the start to before the end",
             "lii", kShape, slice},
    Function{"sort", "sort(list)", "Strings by their bytes, numbers by their size", "l",
             Trait::none, sort},
    Function{"sum", "sum(list)", "The numbers added up", "l", Trait::none, sum},
    Function{"values", "values(map)", "The members, in the order of their keys", "m", kShape,
             values},
    Function{"zipmap", "zipmap(keys, values)", "A map of the keys to the values", "ll", kShape,
             zip_map},
};

}  // namespace

std::span<const Function> collections() { return kTable; }

}  // namespace stackctl::stack::function
