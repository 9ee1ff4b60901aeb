#include "cli/attribute_schema.h"

#include <string>
#include <utility>

namespace stackctl::cli {
namespace {

/// Wherever a value may stand, an expression may.
constexpr std::string_view kExpression = R"(\$\{)";
constexpr std::string_view kDuration = R"(^\s*[0-9]+(\.[0-9]+)?([a-z]+[0-9.]*)*\s*$)";
constexpr int kHighestPort = 65535;

Map defined(std::string_view name) { return {{"$ref", "#/$defs/" + std::string(name)}}; }

Map of_number(const Attribute& attribute, std::string_view type) {
  Map schema = of_type(type);
  const Check check = attribute.check_value;
  if (check == check::port || check == check::positive) schema["minimum"] = 1;
  if (check == check::port) schema["maximum"] = kHighestPort;
  if (check == check::not_negative) schema["minimum"] = 0;
  return schema;
}

Map of_items(const Attribute& attribute) {
  Map array = of_type("array");
  if (!attribute.members.empty()) array["items"] = schema_of(attribute.members.front());
  return array;
}

Map of_free_members(const Attribute& attribute) {
  Map object = of_type("object");
  if (!attribute.members.empty())
    object["additionalProperties"] = schema_of(attribute.members.front());
  return object;
}

/// YAML users write numbers where a text is meant: version: 8. But what may be a resource is not
/// guessed from a number.
Map of_text(const Attribute& attribute) {
  if (attribute.or_reference) return of_type("string");
  return {{"type", List{"string", "number"}}};
}

Map plain(const Attribute& attribute) {
  if (!attribute.choices.empty()) return one_of(attribute.choices);
  switch (attribute.type) {
    case Type::text:
      return of_text(attribute);
    case Type::integer:
      return of_number(attribute, "integer");
    case Type::number:
      return of_number(attribute, "number");
    case Type::boolean:
      return of_type("boolean");
    case Type::duration:
      return {{"anyOf", List{Map{{"type", "integer"}, {"minimum", 0}},
                             Map{{"type", "string"}, {"pattern", kDuration}}}}};
    case Type::object:
      return schema_of(attribute.members);
    case Type::list:
    case Type::set:
      return of_items(attribute);
    case Type::map:
      return of_free_members(attribute);
    case Type::reference:
    case Type::any:
      break;
  }
  return {};
}

/// A text read from a file or written as a template: {file: web.sh, vars: {...}}.
Map text_from() {
  const auto source = [](const char* key, const char* help) {
    Map object = of_type("object");
    object["properties"] = Map{{key, described(of_type("string"), help)},
                               {"vars", described(or_expression(of_type("object")),
                                                  "Values for the ${name} in the text")}};
    object["required"] = List{key};
    object["additionalProperties"] = false;
    return object;
  };
  return {{"anyOf", List{source("file", "Path, seen from the folder of this file"),
                         source("template", "The text itself")}}};
}

}  // namespace

Map attribute_definitions() {
  const Map expression{{"type", "string"}, {"pattern", kExpression}};
  const Map reference = described(expression, "A reference to a resource: ${name}");
  return {{"expression", described(expression, "An expression: ${...}")},
          {"reference", reference},
          {"text_from", text_from()}};
}

Map described(Map schema, std::string_view help) {
  if (!help.empty()) schema["description"] = help;
  return schema;
}

Map of_type(std::string_view type) { return {{"type", type}}; }

Map one_of(const std::vector<std::string_view>& words) {
  return {{"enum", List(words.begin(), words.end())}};
}

Map or_expression(Map schema) {
  return {{"anyOf", List{std::move(schema), defined("expression")}}};
}

Map schema_of(const Attribute& attribute) {
  if (attribute.type == Type::any) return described({}, attribute.help);
  if (attribute.type == Type::reference)
    return described({{"anyOf", List{defined("reference")}}}, attribute.help);
  Map either = or_expression(plain(attribute));
  if (attribute.type == Type::text && attribute.choices.empty())
    either["anyOf"].list()->emplace_back(defined("text_from"));
  if (!attribute.standard.is_null()) either["default"] = attribute.standard;
  return described(std::move(either), attribute.help);
}

Map schema_of(const Schema& members, bool is_partial) {
  Map properties;
  for (const Attribute& attribute : members)
    if (!attribute.is_output) properties[std::string(attribute.name)] = schema_of(attribute);
  Map object = of_type("object");
  object["properties"] = std::move(properties);
  object["additionalProperties"] = false;
  List required = required_names(members);
  if (!required.empty() && !is_partial) object["required"] = std::move(required);
  return object;
}

List required_names(const Schema& members) {
  List required;
  for (const Attribute& attribute : members)
    if (attribute.is_required && !attribute.is_output) required.emplace_back(attribute.name);
  return required;
}

}  // namespace stackctl::cli
