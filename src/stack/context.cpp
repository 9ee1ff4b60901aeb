#include "stack/context.h"

#include <algorithm>
#include <utility>

#include "stackctl/text.h"

namespace stackctl::stack {
namespace {

/// Where a part of a scalar's value stands in the file.
Location locate(const Node& node, Span span) {
  const std::size_t begin = source_offset(node.place, node.text, span.at);
  const std::size_t end = source_offset(node.place, node.text, span.at + span.length);
  return locate(advance(node.place, begin), std::max<std::size_t>(end - std::min(begin, end), 1));
}

Value evaluate_scalar(const Node& node, const Scope& scope, Context& context) {
  if (!has_expression(node.text)) return scalar_value(node);
  const Report report = [&](Span span, Diagnostic fault) {
    context.report(std::move(fault), locate(node, span));
  };
  Scope here = scope;
  here.read_file = [&](const std::string& path) { return context.read_file(path, node); };
  return evaluate(node.text, here, report);
}

}  // namespace

std::string Context::resolve(const std::string& path, const Node& node) const {
  if (path.starts_with('/') || node.place.source == nullptr) return path;
  const std::string& file = node.place.source->name;
  return file.substr(0, file.rfind('/') + 1) + path;
}

std::optional<std::string> Context::read_file(const std::string& path, const Node& node) const {
  return inputs.read_file ? inputs.read_file(resolve(path, node)) : std::nullopt;
}

Value evaluate(const Node& node, const Scope& scope, Context& context) {
  switch (node.shape) {
    case Node::Shape::null:
      return {};
    case Node::Shape::scalar:
      return evaluate_scalar(node, scope, context);
    case Node::Shape::list: {
      List list;
      list.reserve(node.items.size());
      for (const Node& item : node.items) list.push_back(evaluate(item, scope, context));
      return list;
    }
    case Node::Shape::map: {
      Map::Members members;
      members.reserve(node.entries.size());
      for (const Entry& entry : node.entries)
        members.emplace_back(entry.key, evaluate(entry.value, scope, context));
      return Map::of(std::move(members));
    }
  }
  return {};
}

Value evaluate_known(const Node& node, std::string_view what, const Scope& scope,
                     Context& context) {
  Value value = evaluate(node, scope, context);
  return expect_known(value, what, node, context) ? value : invalid();
}

bool expect_known(const Value& value, std::string_view what, const Node& node, Context& context) {
  if (value.is_known()) return true;
  const std::vector<Reference> waits_for = references(value);
  if (waits_for.empty()) return false;
  const Reference& first = waits_for.front();
  const std::string name = first.target + (first.attribute.empty() ? "" : "." + first.attribute);
  context.report(error(std::string(what) + " must be known when the file is loaded",
                       "'" + name + "' is known after apply; use variables or locals"),
                 node);
  return false;
}

bool expect_boolean(const Value& value, std::string_view what, const Node& node, Context& context) {
  if (value.boolean() != nullptr) return true;
  if (!is_invalid(value))
    context.report(
        error(std::string(what) + " must be true or false, not " + with_article(type_name(value))),
        node);
  return false;
}

const std::string* expect_text(const Value& value, std::string_view what, const Node& node,
                               Context& context) {
  if (value.text() != nullptr) return value.text();
  if (!is_invalid(value))
    context.report(
        error(std::string(what) + " must be a string, not " + with_article(type_name(value))),
        node);
  return nullptr;
}

void expect_keys(const Node& node, std::string_view what, std::span<const std::string_view> allowed,
                 Context& context) {
  if (!node.is_map() && !node.is_null())
    context.report(error(std::string(what) + " must be a map"), node);
  for (const Entry& entry : node.entries) {
    if (std::find(allowed.begin(), allowed.end(), entry.key) != allowed.end()) continue;
    context.report_key(error("unknown key '" + entry.key + "'", suggest(entry.key, allowed)),
                       entry);
  }
}

const Node* section(const Node& root, std::string_view key, Context& context) {
  const Entry* entry = root.find(key);
  if (entry == nullptr || entry->value.is_null()) return nullptr;
  if (entry->value.is_map()) return &entry->value;
  context.report(error("'" + std::string(key) + "' must be a map"), entry->value);
  return nullptr;
}

bool is_name(std::string_view name, std::size_t most) {
  constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyz";
  constexpr std::string_view kAll = "abcdefghijklmnopqrstuvwxyz0123456789-";
  return !name.empty() && name.size() <= most &&
         kLetters.find(name.front()) != std::string_view::npos &&
         name.find_first_not_of(kAll) == std::string_view::npos;
}

}  // namespace stackctl::stack
