#include "loading.h"

namespace stackctl::stack {
namespace {

Schema group_schema() {
  const Attribute rule = object("rule", "A rule", {text("from", "Who").or_ref("group")});
  return {text("label", "A label").otherwise("none"), list_of("rules", rule, "Rules"),
          output("id", "Identifier")};
}

Schema node_schema() {
  return {text("size", "How big").required(),
          text("script", "What it runs"),
          any("peers", "Anything"),
          set_of("groups", ref("group", "group", "A group"), "Groups"),
          ref("main", "group", "The main group"),
          map_of("tags", text("tag", "A tag"), "Tags"),
          output("id", "Identifier"),
          output("address", "Where it is"),
          output("members", "Those in it", Type::list)};
}

}  // namespace

Loaded load_stack(const std::string& text) {
  static const Kind group{.name = "group", .help = "A group.", .schema = group_schema()};
  static const Kind node{.name = "node", .help = "A node.", .schema = node_schema()};
  static const std::vector<const Kind*> kinds = {&group, &node};
  Inputs inputs;
  inputs.read_file = [&](const std::string&) { return "stack: shop\nprovider: one\n" + text; };
  return load({"stack.yaml"}, inputs, {kinds, {{"one", {}, {"group", "node"}}}});
}

std::string told(const Loaded& loaded) {
  std::string result;
  for (const Diagnostic& fault : loaded.faults) {
    result += std::to_string(fault.location.line) + ':' + std::to_string(fault.location.column) +
              ": " + fault.summary;
    result += fault.hint.empty() ? "\n" : " (" + fault.hint + ")\n";
  }
  return result;
}

std::string addresses(const Loaded& loaded) {
  std::string result;
  for (const Declaration& declaration : loaded.stack.resources)
    result += (result.empty() ? "" : " ") + declaration.address;
  return result;
}

const Declaration& at(const Loaded& loaded, std::string_view address) {
  static const Declaration nothing;
  for (const Declaration& declaration : loaded.stack.resources)
    if (declaration.address == address) return declaration;
  return nothing;
}

Value known(const Value& value) {
  const Result<Value> resolved =
      resolve(value, [](const Reference& reference) -> std::optional<Value> {
        if (reference.attribute.empty()) return std::nullopt;
        if (reference.attribute == "members")
          return Value(List{Map{{"ip", "a"}}, Map{{"ip", "b"}}});
        return Value('<' + reference.target + '.' + reference.attribute + '>');
      });
  return resolved ? *resolved : Value("fault: " + resolved.fault().summary);
}

}  // namespace stackctl::stack
