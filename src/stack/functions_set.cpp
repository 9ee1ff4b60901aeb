// Functions on lists taken as sets: each value once, in the order of its first appearance.
#include <algorithm>
#include <string>
#include <unordered_set>
#include <utility>

#include "stack/functions.h"
#include "stackctl/json.h"

namespace stackctl::stack::function {
namespace {

using Trait = Function::Trait;

constexpr std::size_t kMostItems = 100'000;

/// Equal values have equal keys: 1 and 1.0 are one.
std::string key_of(const Value& value) {
  const double* number = value.number();
  constexpr double kExact = 9007199254740992.0;  // 2^53
  const bool is_whole = number != nullptr && *number >= -kExact && *number <= kExact &&
                        static_cast<double>(static_cast<std::int64_t>(*number)) == *number;
  return json::write(is_whole ? Value(static_cast<std::int64_t>(*number)) : value,
                     json::Secrets::revealed);
}

using Keys = std::unordered_set<std::string>;

Keys keys_of(const Value& list) {
  Keys result;
  for (const Value& item : list.items()) result.insert(key_of(item));
  return result;
}

/// Adds the items of `list` that are new.
void add(List& set, Keys& known, const Value& list) {
  for (const Value& item : list.items())
    if (known.insert(key_of(item)).second) set.push_back(item);
}

Result<Value> union_of(Arguments arguments, const FileReader&) {
  List result;
  Keys known;
  for (const Value& list : arguments) add(result, known, list);
  return Value(std::move(result));
}

Result<Value> intersection(Arguments arguments, const FileReader&) {
  List result;
  Keys known;
  add(result, known, arguments[0]);
  for (const Value& list : arguments.subspan(1)) {
    const Keys wanted = keys_of(list);
    std::erase_if(result, [&](const Value& item) { return !wanted.contains(key_of(item)); });
  }
  return Value(std::move(result));
}

Result<Value> difference(Arguments arguments, const FileReader&) {
  List result;
  Keys known = keys_of(arguments[1]);
  add(result, known, arguments[0]);
  return Value(std::move(result));
}

Result<Value> product(Arguments arguments, const FileReader&) {
  List rows{List{}};
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::span<const Value> items = arguments[i].items();
    if (rows.size() * items.size() > kMostItems)
      return operand_error(i, "the product has more than 100000 items");
    List longer;
    for (const Value& row : rows) {
      for (const Value& item : items) {
        List next = *row.list();
        next.push_back(item);
        longer.emplace_back(std::move(next));
      }
    }
    rows = std::move(longer);
  }
  return Value(std::move(rows));
}

constexpr std::array kTable = {
    Function{"distinct", "distinct(list)", "Each value once", "l", Trait::none, union_of},
    Function{"setintersection", "setintersection(list, ...)", "The values that all lists have",
             "l*", Trait::none, intersection},
    Function{"setproduct", "setproduct(list, ...)", "All combinations of one item of each list",
             "l*", Trait::structural, product},
    Function{"setsubtract", "setsubtract(list, list)",
             "The values of the first list that the second lacks", "ll", Trait::none, difference},
    Function{"setunion", "setunion(list, ...)", "The values that one list at least has", "l*",
             Trait::none, union_of},
    Function{"toset", "toset(list)", "Each value once", "l", Trait::none, union_of},
};

}  // namespace

std::span<const Function> sets() { return kTable; }

}  // namespace stackctl::stack::function
