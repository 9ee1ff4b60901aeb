#include "cli/markdown.h"

#include <algorithm>

#include "cli/type_facts.h"
#include "stackctl/text.h"

namespace stackctl::cli::markdown {
namespace {

std::string default_text(const Attribute& attribute) {
  if (attribute.is_required) return "required";
  if (attribute.standard.is_null()) return "";
  if (attribute.type == Type::duration && attribute.standard.integer() != nullptr)
    return code(display(std::chrono::seconds{*attribute.standard.integer()}));
  const std::string* const text = attribute.standard.text();
  return code(text == nullptr || text->empty() ? display(attribute.standard) : *text);
}

std::string remarks(const Attribute& attribute) {
  std::string text(attribute.help);
  const std::vector<std::string> choices(attribute.choices.begin(), attribute.choices.end());
  const auto add = [&text](const std::string& sentence) {
    text += (text.empty() ? "" : ". ") + sentence;
  };
  if (!choices.empty()) add("One of " + codes(choices));
  if (attribute.is_immutable) add("*A change replaces it*");
  if (attribute.is_write_only) add("*The cloud never tells it*");
  if (attribute.is_unlisted) add("*Lists do not show it*");
  if (attribute.is_shown_once) add("*Told only when it is made*");
  return text;
}

/// What a path goes on with: the members of an object, or of the elements of a collection.
const Schema* members_of(const Attribute& attribute) {
  if (attribute.type == Type::object) return &attribute.members;
  const bool has_element = (attribute.type == Type::list || attribute.type == Type::set ||
                            attribute.type == Type::map) &&
                           !attribute.members.empty();
  return has_element ? members_of(attribute.members.front()) : nullptr;
}

std::string step_into(const Attribute& attribute) {
  if (attribute.type == Type::list || attribute.type == Type::set) return "[].";
  return attribute.type == Type::map ? ".KEY." : ".";
}

void add_rows(std::string& text, const Schema& schema, const std::string& prefix) {
  for (const Attribute& attribute : schema) {
    if (attribute.is_output) continue;
    const std::string path = prefix + std::string(attribute.name);
    text += row({code(path), type_text(attribute), default_text(attribute), remarks(attribute)});
    if (const Schema* members = members_of(attribute))
      add_rows(text, *members, path + step_into(attribute));
  }
}

}  // namespace

std::string made_from_tables() {
  return "<!-- Made from the program's tables by `stackctl docs docs/reference`. -->\n\n";
}

std::string code(std::string_view text) { return "`" + std::string(text) + "`"; }

std::string codes(const std::vector<std::string>& words) {
  std::vector<std::string> quoted;
  quoted.reserve(words.size());
  for (const std::string& word : words) quoted.push_back(code(word));
  return join(quoted, ", ");
}

std::string cell(std::string_view text) {
  std::string result;
  for (const char byte : text) {
    if (byte == '|') result += '\\';
    result += byte == '\n' ? ' ' : byte;
  }
  return result;
}

std::string row(const std::vector<std::string>& cells) {
  std::string text = "|";
  for (const std::string& each : cells) text += " " + cell(each) + (each.empty() ? "|" : " |");
  return text + "\n";
}

std::string header(const std::vector<std::string>& cells) {
  std::string text = row(cells) + "|";
  for (std::size_t i = 0; i < cells.size(); ++i) text += "---|";
  return text + "\n";
}

std::string attribute_table(const Schema& schema, bool outputs) {
  std::string rows;
  if (outputs) {
    for (const Attribute& attribute : schema)
      if (attribute.is_output)
        rows += row({code(attribute.name), type_text(attribute), remarks(attribute)});
    return rows.empty() ? "" : header({"output", "type", "what it is"}) + rows + "\n";
  }
  add_rows(rows, schema, "");
  return rows.empty() ? "" : header({"attribute", "type", "default", "what it is"}) + rows + "\n";
}

}  // namespace stackctl::cli::markdown
