#include "stack/names.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "stack/resources.h"
#include "stack/variables.h"
#include "stackctl/text.h"

namespace stackctl::stack {
namespace {

constexpr std::array<std::string_view, 6> kReserved = {"var",  "local", "env",
                                                       "each", "count", "stack"};
constexpr std::size_t kLongestStackName = 39;
constexpr std::size_t kFewNames = 8;
constexpr std::string_view kVariable = "var";
constexpr std::string_view kLocal = "local";

/// Variables and locals may have '_' too, as elsewhere in this field.
bool is_variable_name(std::string_view name) {
  std::string dashed(name);
  std::replace(dashed.begin(), dashed.end(), '_', '-');
  return is_name(dashed, 64);
}

bool is_upper_case(std::string_view name) {
  return std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || c == '_' || (c >= '0' && c <= '9');
  });
}

Value fail(const Report& report, Span span, std::string summary, std::string hint = {}) {
  report(span, error(std::move(summary), std::move(hint)));
  return invalid();
}

}  // namespace

bool is_reserved(std::string_view name) {
  return std::find(kReserved.begin(), kReserved.end(), name) != kReserved.end();
}

Names::Names(const Node& root, Context& context, Resources& resources)
    : root_(root), context_(context), resources_(resources), given_(context) {
  scope_.lookup = [this](const Name& name, const Report& report) { return lookup(name, report); };
  scope_.instance = [this](const Name& name, const Value& key, const Report& report) {
    return resources_.instance(name, key, report);
  };
  read_table(section(root, "variables", context), "variable", variables_);
  read_table(section(root, "locals", context), "local", locals_);
}

void Names::read_table(const Node* section, std::string_view what, Table& table) {
  if (section == nullptr) return;
  for (const Entry& entry : section->entries) {
    if (!is_variable_name(entry.key))
      context_.report_key(error("'" + entry.key + "' is no name for a " + std::string(what),
                                "use lower-case letters, digits and '_'"),
                          entry);
    table[entry.key].entry = &entry;
  }
}

Value Names::lookup(const Name& name, const Report& report) {
  if (name.root == "var") return variable(name, report);
  if (name.root == "local") return local(name, report);
  if (name.root == "env") return environment(name, report);
  if (name.root == "stack") return stack(name, report);
  if (name.root == "count")
    return fail(report, name.root_span, "'count' means nothing here",
                "there is no count around it");
  if (name.root == "each")
    return fail(report, name.root_span, "'each' means nothing here",
                "there is no for_each around it");
  std::optional<Value> found = resources_.lookup(name, report);
  return found ? *std::move(found) : unknown(name, report);
}

Value Names::get(Table& table, std::string_view prefix, const Name& name, const Report& report) {
  const auto found = table.find(name.member);
  if (found != table.end()) {
    const Entry& entry = *found->second.entry;
    return running_.get(
        found->second.lazy, {prefix, entry.key}, [&] { return compute(prefix, entry); },
        [&](Diagnostic fault) { report(name.member_span, std::move(fault)); });
  }
  const std::string root(name.root);
  if (name.member.empty())
    return fail(report, name.root_span, "'" + root + "' needs a name behind it", root + ".name");
  std::vector<std::string_view> names;
  for (const auto& row : table) names.push_back(row.first);
  return fail(report, name.member_span,
              "unknown " + std::string(prefix == kVariable ? "variable" : "local") + " '" +
                  std::string(name.member) + "'",
              names.empty() ? "declare it under '" + root + (prefix == kVariable ? "iables'" : "s'")
                            : suggest(name.member, names));
}

Value Names::compute(std::string_view prefix, const Entry& entry) {
  return prefix == kVariable ? variable_value(entry, given_, scope_, context_)
                             : evaluate(entry.value, scope_, context_);
}

Value Names::variable(const Name& name, const Report& report) {
  return get(variables_, kVariable, name, report);
}

Value Names::local(const Name& name, const Report& report) {
  return get(locals_, kLocal, name, report);
}

Value Names::environment(const Name& name, const Report& report) {
  if (name.member.empty())
    return fail(report, name.root_span, "'env' needs a name behind it", "env.HOME");
  const auto& read = context_.inputs.environment;
  std::optional<std::string> found = read ? read(name.member) : std::nullopt;
  if (found) return *std::move(found);
  return fail(report, name.member_span,
              "the environment has no variable '" + std::string(name.member) + "'",
              "set it, or use a variable with a default");
}

Value Names::stack(const Name& name, const Report& report) {
  if (name.member != "name")
    return fail(report, name.member.empty() ? name.root_span : name.member_span,
                "'stack' has one attribute: stack.name");
  return running_.get(
      stack_name_, {"stack", "name"}, [&] { return compute_stack_name(); },
      [&](Diagnostic fault) { report(name.member_span, std::move(fault)); });
}

Value Names::unknown(const Name& name, const Report& report) const {
  const std::string root(name.root);
  const std::string summary = "unknown resource '" + root + "'";
  if (variables_.find(name.root) != variables_.end())
    return fail(report, name.root_span, summary, "for the variable, write var." + root);
  if (locals_.find(name.root) != locals_.end())
    return fail(report, name.root_span, summary, "for the local, write local." + root);
  if (resources_.is_kind(name.root) && !name.member.empty())
    return fail(report, name.root_span, summary,
                "a resource is referred to by its name alone: ${NAME} or ${NAME.attribute}");
  std::vector<std::string_view> names = resources_.names();
  names.insert(names.end(), kReserved.begin(), kReserved.end());
  if (const std::string_view near = nearest(name.root, names); !near.empty())
    return fail(report, name.root_span, summary, "did you mean '" + std::string(near) + "'?");
  if (is_upper_case(root))
    return fail(report, name.root_span, summary,
                "for a literal ${" + root + "}, write $${" + root + "}");
  names = resources_.names();
  const bool is_short = !names.empty() && names.size() <= kFewNames;
  return fail(report, name.root_span, summary, is_short ? suggest(name.root, names) : "");
}

Value Names::compute_stack_name() {
  const Entry* entry = root_.find("stack");
  if (entry == nullptr) {
    context_.report(error("missing key 'stack'", "give the stack a name: stack: shop"), root_);
    return invalid();
  }
  Value value = evaluate_known(entry->value, "the name of the stack", scope_, context_);
  const std::string* name = expect_text(value, "the name of the stack", entry->value, context_);
  if (name == nullptr) return invalid();
  if (is_name(*name, kLongestStackName)) return value;
  context_.report(
      error("'" + *name + "' is no name for a stack",
            "use at most 39 lower-case letters, digits and '-', beginning with a letter"),
      entry->value);
  return invalid();
}

std::string Names::stack_name() {
  const Value value = stack({"stack", "name", {}, {}}, [](Span, const Diagnostic&) {});
  return value.text() != nullptr ? *value.text() : std::string();
}

void Names::evaluate_all() {
  evaluate_all(variables_, kVariable);
  evaluate_all(locals_, kLocal);
  given_.check_names(section(root_, "variables", context_));
}

std::vector<VariableValue> Names::variables() const {
  std::vector<VariableValue> all;
  for (const auto& [name, named] : variables_) {
    VariableValue variable{std::string(name), {}, {}, named.lazy.value};
    if (const auto given = given_.find(variable.name)) {
      variable.origin = given->origin;
      variable.text = given->text;
    }
    all.push_back(std::move(variable));
  }
  return all;
}

void Names::evaluate_all(Table& table, std::string_view prefix) {
  for (auto& row : table) {
    const Entry& entry = *row.second.entry;
    running_.get(
        row.second.lazy, {prefix, entry.key}, [&] { return compute(prefix, entry); },
        [](const Diagnostic&) {});
  }
}

}  // namespace stackctl::stack
