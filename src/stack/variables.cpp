#include "stack/variables.h"

#include <algorithm>
#include <array>
#include <utility>

#include "stackctl/text.h"

namespace stackctl::stack {
namespace {

constexpr std::array<std::string_view, 5> kKeys = {"type", "default", "description", "secret",
                                                   "check"};
constexpr std::array<std::string_view, 7> kTypes = {"string", "integer", "number", "boolean",
                                                    "list",   "map",     "any"};

bool fits(std::string_view type, const Value& value) {
  if (type == "string") return value.text() != nullptr;
  if (type == "integer") return value.integer() != nullptr;
  if (type == "number") return value.integer() != nullptr || value.number() != nullptr;
  if (type == "boolean") return value.boolean() != nullptr;
  if (type == "list") return value.list() != nullptr;
  if (type == "map") return value.map() != nullptr;
  return true;
}

/// A text from outside as a value of the type. Lists and maps may be YAML or JSON.
Value parse_text(std::string_view type, const std::string& text) {
  if (type == "string") return text;
  if (type != "list" && type != "map" && type != "any") return plain_value(trim(text));
  const Source source{"", text};
  Diagnostics faults;
  const std::optional<Node> node = parse_document(source, faults);
  return node && faults.empty() ? to_value(*node) : Value(text);
}

/// One variable on its way from declaration to value.
class Variable {
 public:
  Variable(const Entry& entry, const Scope& scope, Context& context)
      : entry_(entry), scope_(scope), context_(context) {}

  Value value() {
    expect_keys(entry_.value, "a variable", kKeys, context_);
    const Value standard = default_value();
    if (!read_type(standard)) return invalid();
    is_secret_ = read_secret();
    Value value = given();
    if (value.is_null()) value = checked_default(standard);
    if (is_invalid(value)) return value;
    if (!meets_check(value)) return invalid();
    return is_secret_ ? conceal(value) : value;
  }

 private:
  std::string quoted() const { return "variable '" + entry_.key + "'"; }
  const Entry* find(std::string_view key) const { return entry_.value.find(key); }

  Value default_value() {
    const Entry* standard = find("default");
    return standard == nullptr ? Value()
                               : evaluate_known(standard->value, "a default", scope_, context_);
  }

  /// Without a type the default's type counts; without a default it is a string.
  bool read_type(const Value& standard) {
    const Entry* type = find("type");
    if (type == nullptr) {
      type_ = standard.is_null() || is_invalid(standard) ? "string" : type_name(standard);
      return true;
    }
    const auto known = std::find(kTypes.begin(), kTypes.end(), type->value.text);
    if (known != kTypes.end()) {
      type_ = *known;
      return true;
    }
    context_.report(error("unknown type '" + type->value.text + "' of " + quoted(),
                          suggest(type->value.text, kTypes)),
                    type->value);
    return false;
  }

  bool read_secret() {
    const Entry* secret = find("secret");
    if (secret == nullptr) return false;
    const Value value = evaluate_known(secret->value, "'secret'", scope_, context_);
    if (!expect_boolean(value, "'secret'", secret->value, context_) || !*value.boolean())
      return false;
    if (type_ != "string" && type_ != "list" && type_ != "map")
      context_.report(error("only strings, and lists and maps of them, can be secret",
                            "give " + quoted() + " the type string"),
                      secret->value);
    return true;
  }

  /// From outside; null when it is given nowhere.
  Value given() {
    const auto& variables = context_.inputs.variables;
    const auto last = std::find_if(variables.rbegin(), variables.rend(),
                                   [&](const auto& pair) { return pair.first == entry_.key; });
    if (last != variables.rend()) return converted(last->second, "--var " + entry_.key);
    const std::string name = "STACKCTL_VAR_" + entry_.key;
    const auto& environment = context_.inputs.environment;
    const std::optional<std::string> found = environment ? environment(name) : std::nullopt;
    return found ? converted(*found, name) : Value();
  }

  Value converted(const std::string& text, const std::string& origin) {
    Value value = parse_text(type_, text);
    if (fits(type_, value) && !value.is_null()) return value;
    Diagnostic fault = error(quoted() + " must be " + with_article(type_));
    fault.detail = "it comes from " + origin;
    context_.report_key(std::move(fault), entry_);
    return invalid();
  }

  Value checked_default(const Value& standard) {
    if (find("default") == nullptr) {
      context_.report_key(error(quoted() + " has no value", "give it: --var " + entry_.key + "=…"),
                          entry_);
      return invalid();
    }
    if (is_invalid(standard) || standard.is_null() || fits(type_, standard)) return standard;
    const std::optional<std::string> text = to_text(standard);
    if (type_ == "string" && text) return *text;
    context_.report(error("the default of " + quoted() + " must be " + with_article(type_) +
                          ", not " + with_article(type_name(standard))),
                    find("default")->value);
    return invalid();
  }

  bool meets_check(const Value& value) {
    const Entry* check = find("check");
    if (check == nullptr || value.is_null()) return true;
    Scope scope = scope_;
    scope.lookup = [&](const Name& name, const Report& report) -> Value {
      if (name.root != "value") return scope_.lookup(name, report);
      if (name.member.empty()) return value;
      const List operands{value, name.member};
      Result<Value> member = take_item(operands);
      if (member) return *std::move(member);
      report(name.member_span, error(member.fault().summary, member.fault().hint));
      return invalid();
    };
    const Value met = evaluate_known(check->value, "a check", scope, context_);
    if (!expect_boolean(met, "a check", check->value, context_)) return false;
    if (*met.boolean()) return true;
    Diagnostic fault = error(quoted() + " does not meet its check");
    if (!is_secret_) fault.detail = "it is " + display(value);
    context_.report(std::move(fault), check->value);
    return false;
  }

  const Entry& entry_;
  const Scope& scope_;
  Context& context_;
  std::string_view type_;
  bool is_secret_ = false;
};

}  // namespace

Value variable_value(const Entry& entry, const Scope& scope, Context& context) {
  return Variable(entry, scope, context).value();
}

void check_given_names(const Node* section, Context& context) {
  std::vector<std::string_view> names;
  if (section != nullptr)
    for (const Entry& entry : section->entries) names.push_back(entry.key);
  for (const auto& given : context.inputs.variables) {
    if (std::find(names.begin(), names.end(), given.first) != names.end()) continue;
    context.report(error("--var " + given.first + ": the stack has no such variable",
                         names.empty() ? "" : suggest(given.first, names)),
                   Location{});
  }
}

}  // namespace stackctl::stack
