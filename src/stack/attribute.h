// Values of attributes, by the words of a schema.
#pragma once

#include <string>

#include "stack/context.h"
#include "stackctl/resource.h"
#include "stackctl/schema.h"

namespace stackctl::stack {

/// Evaluates attributes and notes where each of their values stands.
///
/// Where the schema wants a text, `{file: PATH, vars: {...}}` and `{template: TEXT, vars: {...}}`
/// are texts too: `${name}` in them stands for the variable, all else stays as it is.
class AttributeReader {
 public:
  AttributeReader(const Scope& scope, Context& context, Places::Members& locations)
      : scope_(scope), context_(context), locations_(locations) {}

  /// `attribute` may be null: then nothing is known about the value.
  Value read(const Node& node, const Attribute* attribute, const std::string& path);

 private:
  Value read_items(const Node& node, const Attribute* attribute, const std::string& path);
  Value read_members(const Node& node, const Attribute* attribute, const std::string& path);
  Value read_text(const Node& node);
  Value read_template(const Node& node);
  Value fill(const std::string& text, const Node& node);
  void warn_unused(const std::vector<std::string>& unused, const Entry& variables, bool is_file);

  const Scope& scope_;
  Context& context_;
  Places::Members& locations_;
};

}  // namespace stackctl::stack
