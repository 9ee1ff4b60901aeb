#include "cli/json_schema.h"

#include <string>
#include <utility>

namespace stackctl::cli {
namespace {

/// Wherever a value may stand, an expression may.
constexpr std::string_view kExpression = "\\$\\{";

Map of_attribute(const Attribute& attribute);

Map described(Map schema, std::string_view help) {
  if (!help.empty()) schema["description"] = help;
  return schema;
}

Map simple(std::string_view type) { return {{"type", type}}; }

List names(const std::vector<std::string_view>& words) {
  List list;
  for (const std::string_view word : words) list.emplace_back(word);
  return list;
}

Map of_members(const Schema& schema) {
  Map properties;
  List required;
  for (const Attribute& attribute : schema) {
    if (attribute.is_output) continue;
    properties[std::string(attribute.name)] = of_attribute(attribute);
    if (attribute.is_required) required.emplace_back(attribute.name);
  }
  Map object = simple("object");
  object["properties"] = std::move(properties);
  object["additionalProperties"] = false;
  if (!required.empty()) object["required"] = std::move(required);
  return object;
}

Map plain(const Attribute& attribute) {
  switch (attribute.type) {
    case Type::integer:
      return simple("integer");
    case Type::number:
      return simple("number");
    case Type::boolean:
      return simple("boolean");
    case Type::duration:
      return {{"type", List{"string", "integer"}}};
    case Type::object:
      return of_members(attribute.members);
    case Type::any:
      return {};
    case Type::list:
    case Type::set: {
      Map array = simple("array");
      if (!attribute.members.empty()) array["items"] = of_attribute(attribute.members.front());
      return array;
    }
    case Type::map: {
      Map object = simple("object");
      if (!attribute.members.empty())
        object["additionalProperties"] = of_attribute(attribute.members.front());
      return object;
    }
    case Type::text:
    case Type::reference:
      break;
  }
  // YAML users write numbers where a text is meant: version: 8.
  return {{"type", List{"string", "number", "boolean"}}};
}

/// A text read from a file or written as a template: {file: web.sh, vars: {...}}.
Map text_from() {
  const auto source = [](const char* key, const char* help) {
    Map object = simple("object");
    object["properties"] =
        Map{{key, described(simple("string"), help)}, {"vars", simple("object")}};
    object["required"] = List{key};
    object["additionalProperties"] = false;
    return object;
  };
  return {{"anyOf", List{source("file", "Path, seen from the stack file"),
                         source("template", "The text itself")}}};
}

Map of_attribute(const Attribute& attribute) {
  Map schema = plain(attribute);
  if (!attribute.choices.empty()) schema = {{"enum", names(attribute.choices)}};
  if (schema.empty()) return described({}, attribute.help);
  List forms{std::move(schema), Map{{"$ref", "#/$defs/expression"}}};
  if (attribute.type == Type::text && attribute.choices.empty())
    forms.emplace_back(Map{{"$ref", "#/$defs/text_from"}});
  Map either{{"anyOf", std::move(forms)}};
  if (!attribute.standard.is_null()) either["default"] = attribute.standard;
  return described(std::move(either), attribute.help);
}

/// What every resource may have beside the attributes of its kind.
Map common_keys() {
  const Map text = described(simple("string"), "Which entry of `providers` realises it");
  const Map addresses{
      {"type", "array"},
      {"items", simple("string")},
      {"description", "Resources that must be there first, beside those referred to"}};
  const Map boolean{{"type", List{"boolean", "string"}}};
  return {{"provider", text},
          {"depends_on", addresses},
          {"when", described(boolean, "Whether there is such a resource at all")},
          {"protect", described(boolean, "Never to be destroyed or replaced")}};
}

Map of_kind(const Kind& kind, std::span<const Provider* const> providers) {
  Map schema = of_members(kind.schema);
  Map& properties = *schema["properties"].map();
  properties["kind"] = Map{{"const", kind.name}};
  for (auto& [name, key] : common_keys()) properties.try_emplace(name, key);
  for (const Provider* provider : providers)
    properties.try_emplace(
        std::string(provider->name),
        described(simple("object"), "What is not portable: only for this provider"));
  return described(std::move(schema), kind.help);
}

Map resources(std::span<const Kind* const> kinds) {
  List words;
  List choices;
  for (const Kind* kind : kinds) {
    words.emplace_back(kind->name);
    const std::string place = "#/$defs/kind_" + std::string(kind->name);
    choices.emplace_back(Map{{"if", Map{{"properties", Map{{"kind", Map{{"const", kind->name}}}}}}},
                             {"then", Map{{"$ref", place}}}});
  }
  const Map resource{{"type", "object"},
                     {"required", List{"kind"}},
                     {"properties", Map{{"kind", Map{{"enum", std::move(words)}}}}},
                     {"allOf", std::move(choices)}};
  return {{"type", "object"}, {"additionalProperties", resource}};
}

Map variables() {
  const Map properties{
      {"type", Map{{"enum", List{"string", "integer", "number", "boolean", "list", "map", "any"}}}},
      {"default", Map{}},
      {"description", simple("string")},
      {"secret", simple("boolean")},
      {"check", simple("string")}};
  const Map variable{
      {"type", "object"}, {"properties", properties}, {"additionalProperties", false}};
  return {{"type", "object"}, {"additionalProperties", variable}};
}

Map provider_settings(std::span<const Provider* const> providers) {
  Map properties;
  for (const Provider* provider : providers)
    properties[std::string(provider->name)] =
        described(of_members(provider->settings), provider->help);
  return {
      {"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}};
}

}  // namespace

Value json_schema(std::span<const Kind* const> kinds, std::span<const Provider* const> providers) {
  List provider_names;
  for (const Provider* provider : providers) provider_names.emplace_back(provider->name);
  Map definitions{{"expression", Map{{"type", "string"}, {"pattern", kExpression}}},
                  {"text_from", text_from()}};
  for (const Kind* kind : kinds)
    definitions["kind_" + std::string(kind->name)] = of_kind(*kind, providers);
  const Map properties{
      {"stack", described(simple("string"), "Identity: names and marks derive from it")},
      {"provider", described(Map{{"enum", std::move(provider_names)}},
                             "Realises the resources that name no provider")},
      {"providers", provider_settings(providers)},
      {"variables", variables()},
      {"locals", described(simple("object"), "Named expressions")},
      {"resources", resources(kinds)},
      {"outputs", described(simple("object"), "What to tell after an apply")}};
  return Map{{"$schema", "https://json-schema.org/draft/2020-12/schema"},
             {"title", "stackctl stack file"},
             {"type", "object"},
             {"required", List{"stack"}},
             {"properties", properties},
             {"$defs", std::move(definitions)}};
}

}  // namespace stackctl::cli
