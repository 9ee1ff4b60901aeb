#include "cli/json_schema.h"

#include <string>
#include <utility>

#include "cli/attribute_schema.h"
#include "stack/common_keys.h"

namespace stackctl::cli {
namespace {

using stack::existing_keys;
using stack::identity_keys;
using stack::lifecycle_keys;

constexpr std::string_view kName = "^[a-z][a-z0-9-]*$";
constexpr std::string_view kVariableName = "^[a-z][a-z0-9_-]*$";
constexpr int kLongestName = 40;
constexpr int kLongestStackName = 39;

std::string definition(std::string_view group, std::string_view name) {
  return std::string(group) + '_' + std::string(name);
}

Map defined(std::string_view group, std::string_view name) {
  return {{"$ref", "#/$defs/" + definition(group, name)}};
}

Map named(std::string_view pattern, int longest) {
  return {{"type", "string"}, {"pattern", pattern}, {"maxLength", longest}};
}

/// A map of free names, each of which is a `member`.
Map map_of_names(std::string_view pattern, Map member) {
  Map object = of_type("object");
  object["propertyNames"] = Map{{"pattern", pattern}};
  object["additionalProperties"] = std::move(member);
  return object;
}

Map closed(Map properties) {
  Map object = of_type("object");
  object["properties"] = std::move(properties);
  object["additionalProperties"] = false;
  return object;
}

/// Only attributes of kinds can be read from files.
Map without_files(Map schema) {
  if (const auto forms = schema.find("anyOf"); forms != schema.end())
    std::erase(*forms->second.list(), Value(Map{{"$ref", "#/$defs/text_from"}}));
  return schema;
}

/// The short form of a hook's command is a text.
Map with_shell_commands(Map hooks) {
  Map& forms = *hooks["anyOf"].list()->front().map();
  for (auto& row : *forms["properties"].map()) {
    Map& hook = *row.second.map()->find("anyOf")->second.list()->front().map();
    hook["properties"]
        .map()
        ->find("command")
        ->second.map()
        ->find("anyOf")
        ->second.list()
        ->emplace_back(of_type("string"));
  }
  return hooks;
}

Map list_of_names(std::string_view help) {
  return described(or_expression({{"type", "array"}, {"items", of_type("string")}}), help);
}

Map for_each_forms(std::string_view help) {
  const Map keys{{"type", "array"}, {"items", of_type("string")}, {"uniqueItems", true}};
  return described(
      Map{{"anyOf", List{of_type("object"), keys, Map{{"$ref", "#/$defs/expression"}}}}}, help);
}

/// The forms of these depend on the kind.
bool is_own(std::string_view key) {
  return key == "kind" || key == "existing" || key == "ignore_changes";
}

/// The keys whose forms are the same for every kind.
Map common_definitions() {
  Map definitions;
  for (const Schema* keys : {&identity_keys(), &lifecycle_keys()})
    for (const Attribute& key : *keys) {
      if (is_own(key.name)) continue;
      Map schema = without_files(schema_of(key));
      if (key.name == "depends_on") schema = list_of_names(key.help);
      if (key.name == "for_each") schema = for_each_forms(key.help);
      if (key.name == "hooks") schema = with_shell_commands(std::move(schema));
      definitions[definition("key", key.name)] = std::move(schema);
    }
  return definitions;
}

Map ignore_changes(const Kind& kind) {
  std::vector<std::string_view> names;
  for (const Attribute& attribute : kind.schema)
    if (!attribute.is_output) names.push_back(attribute.name);
  const Map list{{"type", "array"}, {"items", or_expression(one_of(names))}};
  return described(Map{{"anyOf", List{list, one_of({"all"}), Map{{"$ref", "#/$defs/expression"}}}}},
                   find(lifecycle_keys(), "ignore_changes")->help);
}

Map existing(const Kind& kind) {
  Map properties;
  for (const Attribute& key : existing_keys(kind))
    properties[std::string(key.name)] = without_files(schema_of(key));
  Map object = closed(std::move(properties));
  object["minProperties"] = 1;
  return described(or_expression(std::move(object)), find(identity_keys(), "existing")->help);
}

/// What is only looked up has no attributes and no life of its own.
Map looked_up(const Kind& kind) {
  List keys;
  for (const Attribute& key : identity_keys())
    if (find(kind.schema, key.name) == nullptr) keys.emplace_back(key.name);
  return {{"propertyNames", Map{{"enum", std::move(keys)}}}};
}

Map of_kind(const Kind& kind, std::span<const Provider* const> providers) {
  Map schema = schema_of(kind.schema, true);
  Map& properties = *schema["properties"].map();
  for (const Schema* keys : {&identity_keys(), &lifecycle_keys()})
    for (const Attribute& key : *keys)
      if (!is_own(key.name))
        properties.try_emplace(std::string(key.name), defined("key", key.name));
  properties["kind"] = described(Map{{"const", kind.name}}, kind.help);
  properties["ignore_changes"] = ignore_changes(kind);
  properties["existing"] = existing(kind);
  for (const Provider* provider : providers)
    properties.try_emplace(std::string(provider->name),
                           described(of_type("object"), "What is not portable: only for " +
                                                            std::string(provider->name)));
  schema["if"] = Map{{"required", List{"existing"}}};
  schema["then"] = looked_up(kind);
  schema["else"] = Map{{"required", required_names(kind.schema)}};
  return described(std::move(schema), kind.help);
}

Map resources(std::span<const Kind* const> kinds) {
  List words;
  List helps;
  List choices;
  for (const Kind* kind : kinds) {
    words.emplace_back(kind->name);
    helps.emplace_back(kind->help);
    const Map is_kind{{"required", List{"kind"}},
                      {"properties", Map{{"kind", Map{{"const", kind->name}}}}}};
    choices.emplace_back(Map{{"if", is_kind}, {"then", defined("kind", kind->name)}});
  }
  const Map choice = described({{"enum", std::move(words)}, {"enumDescriptions", std::move(helps)}},
                               find(identity_keys(), "kind")->help);
  Map resource{{"type", "object"},
               {"required", List{"kind"}},
               {"properties", Map{{"kind", choice}}},
               {"allOf", std::move(choices)}};
  Map result = map_of_names(kName, std::move(resource));
  result["propertyNames"].map()->emplace("maxLength", kLongestName);
  return described(std::move(result), "What the stack is made of, by name");
}

Map variables() {
  const Map types = one_of({"string", "integer", "number", "boolean", "list", "map", "any"});
  Map variable = closed({
      {"type", described(types, "What it must be; otherwise what the default is")},
      {"default", described({}, "Its value when nothing else gives one; null for none")},
      {"description", described(of_type("string"), "For people")},
      {"secret", described(or_expression(of_type("boolean")), "Never to be shown")},
      {"check", described(or_expression(of_type("boolean")),
                          "What must be true of `value`: \"${value >= 1}\"")},
      {"message", described(of_type("string"), "What to say when the check is not met")},
  });
  variable["type"] = List{"object", "null"};
  return described(map_of_names(kVariableName, std::move(variable)),
                   "What is given from outside: ${var.NAME}");
}

Map provider_settings(std::span<const Provider* const> providers) {
  Map properties;
  for (const Provider* provider : providers) {
    Map settings = schema_of(provider->settings);
    settings["type"] = List{"object", "null"};
    properties[std::string(provider->name)] = described(std::move(settings), provider->help);
  }
  return described(closed(std::move(properties)), "Settings of the providers");
}

/// A value, or a map of a value and what is to be said about it.
Map outputs() {
  const Map with_value = closed({
      {"value", described({}, "What is told")},
      {"description", described(of_type("string"), "For people")},
      {"secret", described(or_expression(of_type("boolean")), "Shown only when asked for")},
  });
  Map output{{"if", Map{{"type", "object"}, {"required", List{"value"}}}}, {"then", with_value}};
  Map result = of_type("object");
  result["additionalProperties"] = std::move(output);
  return described(std::move(result), "What to tell after an apply");
}

Map include() {
  const Map paths{{"type", "array"}, {"items", of_type("string")}};
  return described(Map{{"anyOf", List{of_type("string"), paths}}},
                   "Other files of this stack, seen from the folder of this one");
}

Map sections(std::span<const Kind* const> kinds, std::span<const Provider* const> providers) {
  std::vector<std::string_view> names;
  for (const Provider* provider : providers) names.push_back(provider->name);
  return {
      {"stack", described(or_expression(named(kName, kLongestStackName)),
                          "Identity: names and marks derive from it")},
      {"description", described(of_type("string"), "For people")},
      {"include", include()},
      {"provider",
       described(or_expression(one_of(names)), "Realises the resources that name no provider")},
      {"providers", provider_settings(providers)},
      {"variables", variables()},
      {"locals", described(map_of_names(kVariableName, {}), "Named values: ${local.NAME}")},
      {"resources", resources(kinds)},
      {"outputs", outputs()},
  };
}

}  // namespace

Value json_schema(std::span<const Kind* const> kinds, std::span<const Provider* const> providers) {
  Map definitions = attribute_definitions();
  definitions.merge(common_definitions());
  for (const Kind* kind : kinds)
    definitions[definition("kind", kind->name)] = of_kind(*kind, providers);
  return Map{{"$schema", "http://json-schema.org/draft-07/schema#"},
             {"title", "stackctl stack file"},
             {"type", "object"},
             {"required", List{"stack"}},
             {"properties", sections(kinds, providers)},
             {"additionalProperties", false},
             {"$defs", std::move(definitions)}};
}

}  // namespace stackctl::cli
