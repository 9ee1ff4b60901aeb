#include <algorithm>

#include "exoscale/types/types.h"
#include "lowering_tools.h"
#include "lowerings.h"

namespace stackctl::exoscale {
namespace {

Value lower_rule(const Value& rule) {
  Map out = {{"allowed-origins", rule["origins"]}, {"allowed-methods", rule["methods"]}};
  const auto add = [&](std::string_view name, const Value& value) {
    if (!value.is_null()) out.emplace(std::string(name), value);
  };
  add("allowed-headers", rule["headers"]);
  add("expose-headers", rule["expose_headers"]);
  add("max-age-seconds", rule["max_age"]);
  return out;
}

/// "must be ...", or nothing.
std::string name_fault(std::string_view name) {
  constexpr std::size_t shortest = 3;
  constexpr std::size_t longest = 63;
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
  const auto is_inside = [&](char c) { return is_letter(c) || c == '-' || c == '.'; };
  if (name.size() < shortest || name.size() > longest) return "must have from 3 to 63 characters";
  if (!std::ranges::all_of(name, is_inside))
    return "must consist of small letters, digits, '-' and '.'";
  if (!is_letter(name.front()) || !is_letter(name.back()))
    return "must begin and end with a small letter or a digit";
  return {};
}

void check_name(const Value& name, Diagnostics& faults) {
  if (name.text() == nullptr) return;
  const std::string fault = name_fault(*name.text());
  if (!fault.empty())
    faults.push_back(fault_at("name", "the name of a bucket " + fault + ": '" + *name.text() + "'",
                              "give it another 'name'"));
}

}  // namespace

Lowered lower_bucket(const Declaration& declaration, const LoweringContext& context) {
  Lowered lowered;
  const Value& attributes = declaration.attributes;
  Draft storage(declaration.address, bucket.resource);
  const Value name = attributes["name"].is_null()
                         ? Value(host_name(context.physical_name(declaration.address)))
                         : attributes["name"];
  check_name(name, lowered.faults);
  storage.set("name", name);
  storage.set("acl", attributes["acl"]);
  storage.set("versioning", attributes["versioning"]);
  if (attributes["cors"].list() == nullptr)
    lowered.faults.push_back(fault_at("cors", "'cors' must be known before anything is made"));
  List rules;
  for (const Value& rule : attributes["cors"].items()) rules.push_back(lower_rule(rule));
  storage.set("cors", std::move(rules));
  storage.set("empty-on-delete", attributes["empty_on_delete"], "empty_on_delete");
  set_native(storage, declaration, {"acl"}, lowered.faults);
  lowered.objects.push_back(std::move(storage).finish());
  lowered.outputs = {{"", refer(declaration.address)},
                     {"id", refer(declaration.address)},
                     {"name", refer(declaration.address, "name")},
                     {"url", refer(declaration.address, "url")},
                     {"endpoint", refer(declaration.address, "endpoint")}};
  return lowered;
}

}  // namespace stackctl::exoscale
