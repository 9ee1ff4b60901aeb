// Stack files' words in, native objects out: both as literal JSON.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "exoscale/lower/lowerings.h"
#include "kinds/kinds.h"
#include "unit/exoscale/support.h"

namespace exoscale_test {

using namespace stackctl;

using Texts = std::vector<std::string>;

/// "${x.y}" inside literal JSON becomes a reference, and back.
inline Value with_references(const Value& value) {
  if (const std::string* text = value.text(); text != nullptr && text->starts_with("${")) {
    const std::string name = text->substr(2, text->size() - 3);
    const std::size_t dot = name.find('.');
    return Reference{name.substr(0, dot), dot == std::string::npos ? "" : name.substr(dot + 1)};
  }
  List items;
  for (const Value& item : value.items()) items.push_back(with_references(item));
  if (value.list() != nullptr) return items;
  if (value.map() == nullptr) return value;
  Map members;
  for (const auto& [key, member] : *value.map()) members.emplace(key, with_references(member));
  return members;
}

inline std::string shown(const Value& value) {
  const auto resolved = resolve(value, [](const Reference& reference) -> std::optional<Value> {
    return Value("${" + reference.target + (reference.attribute.empty() ? "" : ".") +
                 reference.attribute + "}");
  });
  REQUIRE(resolved);
  return written(*resolved);
}

inline Lowered lowered(const std::string& address, std::string_view kind,
                       std::string_view attributes, std::string_view native = "null") {
  Declaration declaration;
  declaration.address = address;
  declaration.kind =
      *std::ranges::find(kinds::all(), kind, [](const Kind* known) { return known->name; });
  Diagnostics faults;
  declaration.attributes =
      validate(with_references(parsed(attributes)), declaration.kind->schema, faults);
  for (const Diagnostic& fault : faults) FAIL(fault.path << ": " << fault.summary);
  declaration.native = with_references(parsed(native));
  const auto lowering =
      std::ranges::find(exoscale::lowerings(), kind, [](const Lowering& row) { return row.kind; });
  return lowering->lower(declaration, LoweringContext{"wp"});
}

/// "address type {attributes}"; lookups have a "?" before the type.
inline Texts objects(const Lowered& from) {
  Texts out;
  for (const Object& object : from.objects)
    out.push_back(object.address + (object.is_lookup ? " ?" : " ") +
                  std::string(object.type->name).substr(9) + ' ' + shown(object.attributes));
  return out;
}

inline Texts faults(const Lowered& from) {
  Texts out;
  for (const Diagnostic& fault : from.faults) out.push_back(fault.path + ": " + fault.summary);
  return out;
}

}  // namespace exoscale_test
