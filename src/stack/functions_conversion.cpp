// Functions that turn a value into another type.
#include <array>
#include <utility>

#include "stack/document.h"
#include "stack/functions.h"

namespace stackctl::stack::function {
namespace {

using Trait = Function::Trait;

Result<Value> can(Arguments, const FileReader&) { return Value(true); }

Result<Value> first(Arguments arguments, const FileReader&) { return arguments[0]; }

Result<Value> sensitive(Arguments arguments, const FileReader&) {
  Value hidden = conceal(arguments[0]);
  return hidden;
}

Result<Value> to_boolean(Arguments arguments, const FileReader&) {
  if (*arguments[0].text() == "true") return Value(true);
  if (*arguments[0].text() == "false") return Value(false);
  return operand_error(0, "this is neither true nor false");
}

Result<Value> to_list(Arguments arguments, const FileReader&) {
  if (arguments[0].list() != nullptr) return arguments[0];
  List result;
  for (const auto& member : *arguments[0].map()) result.push_back(member.second);
  return Value(std::move(result));
}

Result<Value> to_map(Arguments arguments, const FileReader&) { return arguments[0]; }

Result<Value> to_number(Arguments arguments, const FileReader&) {
  Value number = plain_value(*arguments[0].text());
  if (number.integer() != nullptr || number.number() != nullptr) return number;
  return operand_error(0, "this is not a number");
}

Result<Value> to_string(Arguments arguments, const FileReader&) { return arguments[0]; }

Result<Value> type(Arguments arguments, const FileReader&) {
  return Value(type_name(arguments[0]));
}

constexpr std::array kTable = {
    Function{"can", "can(value)", "Whether the value can be had without a fault", "a",
             Trait::catches, can},
    Function{"sensitive", "sensitive(value)", "The value as a secret: never shown", "a",
             Trait::none, sensitive},
    Function{"tobool", "tobool(value)", "true or false, also spelled as a string", "s", Trait::none,
             to_boolean},
    Function{"tolist", "tolist(collection)", "A list as it is, the members of a map", "c",
             Trait::structural, to_list},
    Function{"tomap", "tomap(map)", "A map as it is", "m", Trait::structural, to_map},
    Function{"tonumber", "tonumber(value)", "The number that a string spells", "s", Trait::none,
             to_number},
    Function{"tostring", "tostring(value)", "The value as a string", "s", Trait::none, to_string},
    Function{"try", "try(value, ...)", "The first argument that can be had without a fault", "a*",
             Trait::catches, first},
    Function{"type", "type(value)", "The name of the value's type, such as \"list\"", "a",
             Trait::none, type},
};

}  // namespace

std::span<const Function> conversions() { return kTable; }

}  // namespace stackctl::stack::function
