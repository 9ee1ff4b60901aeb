#include "stack/given.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "stackctl/text.h"

namespace stackctl::stack {
namespace {

Location in_file(const std::string& path) {
  Location location;
  location.file = path;
  return location;
}

}  // namespace

GivenValues::GivenValues(Context& context) : context_(context) {
  for (const Given& given : context.inputs.variables) {
    if (const auto* file = std::get_if<VariableFile>(&given)) {
      read(file->path);
    } else {
      const auto& [name, text] = std::get<VariableText>(given);
      values_.insert_or_assign(name, GivenValue{"--var " + name, nullptr, text});
    }
  }
}

void GivenValues::read(const std::string& path) {
  const auto& read_file = context_.inputs.read_file;
  std::optional<std::string> text = read_file ? read_file(path) : std::nullopt;
  if (!text) {
    context_.report(error("cannot read the file of variables '" + path + "'"), in_file(path));
    return;
  }
  const Source& source = sources_.emplace_back(Source{path, *std::move(text)});
  std::optional<Node> document = parse_document(source, context_.faults);
  if (!document) return;
  const Node& root = documents_.emplace_back(*std::move(document));
  if (!root.is_map() && !root.is_null())
    context_.report(error("a file of variables is a map of names and values", "write NAME: VALUE"),
                    root);
  for (const Entry& entry : root.entries)
    values_.insert_or_assign(entry.key, GivenValue{path, &entry, {}});
}

std::optional<GivenValue> GivenValues::find(const std::string& name) const {
  const auto found = values_.find(name);
  if (found != values_.end()) return found->second;
  const auto& environment = context_.inputs.environment;
  const std::string variable = "STACKCTL_VAR_" + name;
  std::optional<std::string> text = environment ? environment(variable) : std::nullopt;
  if (!text) return std::nullopt;
  return GivenValue{variable, nullptr, *std::move(text)};
}

void GivenValues::check_names(const Node* section) const {
  std::vector<std::string_view> names;
  if (section != nullptr)
    for (const Entry& entry : section->entries) names.push_back(entry.key);
  const auto check = [&](const std::string& name, const std::string& what, Location location) {
    if (std::find(names.begin(), names.end(), name) != names.end()) return;
    context_.report(
        error(what + ": the stack has no such variable", names.empty() ? "" : suggest(name, names)),
        std::move(location));
  };
  for (const Given& given : context_.inputs.variables)
    if (const auto* text = std::get_if<VariableText>(&given))
      check(text->name, "--var " + text->name, {});
  for (const Node& document : documents_)
    for (const Entry& entry : document.entries)
      check(entry.key, "'" + entry.key + "'", locate_key(entry));
}

}  // namespace stackctl::stack
