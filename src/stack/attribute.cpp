#include "stack/attribute.h"

#include <array>
#include <utility>

#include "stack/template.h"

namespace stackctl::stack {
namespace {

constexpr std::array<std::string_view, 3> kTemplateKeys = {"file", "template", "vars"};

bool is_template(const Node& node, const Attribute* attribute) {
  return attribute != nullptr && attribute->type == Type::text && node.is_map() &&
         (node.find("file") != nullptr || node.find("template") != nullptr);
}

const Attribute* element_of(const Attribute* attribute) {
  const bool has_one = attribute != nullptr && !attribute->members.empty();
  return has_one ? &attribute->members.front() : nullptr;
}

const Attribute* member_of(const Attribute* attribute, std::string_view key) {
  if (attribute == nullptr) return nullptr;
  if (attribute->type == Type::map) return element_of(attribute);
  return attribute->type == Type::object ? find(attribute->members, key) : nullptr;
}

}  // namespace

Value AttributeReader::read(const Node& node, const Attribute* attribute, const std::string& path) {
  locations_.emplace_back(path, locate(node));
  if (is_template(node, attribute)) return read_template(node);
  if (node.is_list()) return read_items(node, attribute, path);
  if (node.is_map()) return read_members(node, attribute, path);
  return evaluate(node, scope_, context_);
}

Value AttributeReader::read_items(const Node& node, const Attribute* attribute,
                                  const std::string& path) {
  List list;
  list.reserve(node.items.size());
  for (const Node& item : node.items)
    list.push_back(
        read(item, element_of(attribute), path + '[' + std::to_string(list.size()) + ']'));
  return list;
}

Value AttributeReader::read_members(const Node& node, const Attribute* attribute,
                                    const std::string& path) {
  Map::Members members;
  members.reserve(node.entries.size());
  for (const Entry& entry : node.entries)
    members.emplace_back(
        entry.key, read(entry.value, member_of(attribute, entry.key), path + '.' + entry.key));
  return Map::of(std::move(members));
}

Value AttributeReader::read_text(const Node& node) {
  const Entry* file = node.find("file");
  if (file == nullptr) return to_value(node.find("template")->value);
  const Value path = evaluate_known(file->value, "the path of a file", scope_, context_);
  if (expect_text(path, "the path of a file", file->value, context_) == nullptr) return invalid();
  std::optional<std::string> text = context_.read_file(*path.text(), file->value);
  if (text) return *std::move(text);
  Diagnostic fault = error("cannot read the file '" + *path.text() + "'",
                           "paths start at the folder of the stack file");
  const std::string full = context_.resolve(*path.text(), file->value);
  if (full != *path.text()) fault.detail = "looked for " + full;
  context_.report(std::move(fault), file->value);
  return invalid();
}

Value AttributeReader::read_template(const Node& node) {
  expect_keys(node, "a text from a file", kTemplateKeys, context_);
  if (node.find("file") != nullptr && node.find("template") != nullptr) {
    context_.report_key(error("'file' and 'template' exclude each other"), *node.find("template"));
    return invalid();
  }
  Value text = read_text(node);
  if (is_invalid(text)) return text;
  if (text.text() == nullptr) {
    const Node& given = node.find("template")->value;
    return expect_text(text, "a template", given, context_), invalid();
  }
  return node.find("vars") == nullptr ? text : fill(*text.text(), node);
}

Value AttributeReader::fill(const std::string& text, const Node& node) {
  const Entry& variables = *node.find("vars");
  const Value values = evaluate(variables.value, scope_, context_);
  if (is_invalid(values) || values.is_null()) return values.is_null() ? Value(text) : values;
  if (values.map() == nullptr) {
    context_.report(error("'vars' must be a map, not " + with_article(type_name(values))),
                    variables.value);
    return invalid();
  }
  Result<Filled> filled = fill_template(text, *values.map());
  if (!filled) {
    Diagnostic fault = filled.fault();
    const Entry* culprit = variables.value.find(std::exchange(fault.path, {}));
    context_.report(std::move(fault), culprit == nullptr ? variables.value : culprit->value);
    return invalid();
  }
  warn_unused(filled->unused, variables, node.find("file") != nullptr);
  return filled->text;
}

void AttributeReader::warn_unused(const std::vector<std::string>& unused, const Entry& variables,
                                  bool is_file) {
  for (const std::string& name : unused) {
    Diagnostic fault = error("the " + std::string(is_file ? "file" : "template") +
                                 " does not use the variable '" + name + "'",
                             "write ${" + name + "} where it belongs, or remove it");
    fault.severity = Severity::warning;
    const Entry* culprit = variables.value.find(name);
    context_.report_key(std::move(fault), culprit == nullptr ? variables : *culprit);
  }
}

}  // namespace stackctl::stack
