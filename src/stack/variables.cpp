#include "stack/variables.h"

#include <algorithm>
#include <array>
#include <utility>

#include "stackctl/text.h"

namespace stackctl::stack {
namespace {

constexpr std::array<std::string_view, 6> kKeys = {"type",   "default", "description",
                                                   "secret", "check",   "message"};
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

void add_scalars(const Node& node, std::vector<const Node*>& out) {
  if (node.is_scalar()) out.push_back(&node);
  for (const Node& item : node.items) add_scalars(item, out);
  for (const Entry& entry : node.entries) add_scalars(entry.value, out);
}

/// One variable on its way from declaration to value.
class Variable {
 public:
  Variable(const Entry& entry, const GivenValues& given, const Scope& scope, Context& context)
      : entry_(entry), scope_(scope), context_(context), given_(given.find(entry.key)) {}

  Value value() {
    const std::size_t faults = context_.faults.size();
    expect_keys(entry_.value, "a variable", kKeys, context_);
    const Value default_as_evaluated = default_value();
    const Value standard = reveal(default_as_evaluated);
    if (!read_type(standard)) return invalid();
    is_secret_ = read_secret() || default_as_evaluated.has_secret();
    // What is wrong with the declaration may be why there is no value.
    if (!given_ && find("default") == nullptr && context_.faults.size() > faults) return invalid();
    const Value value = given_ ? given_value() : checked_default(standard);
    if (is_invalid(value)) return invalid();
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
    if (const Entry* standard = find("default")) add_scalars(standard->value, context_.secrets);
    if (type_ != "string" && type_ != "list" && type_ != "map")
      context_.report(error("only strings, and lists and maps of them, can be secret",
                            "give " + quoted() + " the type string"),
                      secret->value);
    return true;
  }

  Value given_value() {
    Value value =
        given_->entry == nullptr ? parse_text(type_, given_->text) : to_value(given_->entry->value);
    if (value.is_null() || !fits(type_, value)) return spelled(value);
    return value;
  }

  /// A number or truth value where a string is wanted: only in files can they be told apart.
  Value spelled(const Value& value) {
    const std::optional<std::string> text = to_text(value);
    if (type_ == "string" && text) return *text;
    Diagnostic fault = error(quoted() + " must be " + with_article(type_));
    if (given_->entry == nullptr) {
      fault.detail = "it comes from " + given_->origin;
      context_.report_key(std::move(fault), entry_);
    } else {
      fault.summary += ", not " + with_article(type_name(value));
      // The parser places a missing value behind it.
      const Entry& entry = *given_->entry;
      context_.report(std::move(fault), value.is_null() ? locate_key(entry) : locate(entry.value));
    }
    return invalid();
  }

  Value checked_default(const Value& standard) {
    if (find("default") == nullptr) {
      const std::string from_outside = is_secret_ ? "export STACKCTL_VAR_" : "--var ";
      Diagnostic fault =
          error(quoted() + " has no value", "give it: " + from_outside + entry_.key + "=…");
      fault.detail = "neither --var, a --var-file nor STACKCTL_VAR_" + entry_.key +
                     " in the environment gives one, and it has no default";
      context_.report_key(std::move(fault), entry_);
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

  /// The scope of `check` and `message`, in which `value` is the variable's.
  Scope scope_with(const Value& value) const {
    Scope scope = scope_;
    scope.lookup = [this, value](const Name& name, const Report& report) -> Value {
      if (name.root != "value") return scope_.lookup(name, report);
      if (name.member.empty()) return value;
      const List operands{value, name.member};
      Result<Value> member = take_item(operands);
      if (member) return *std::move(member);
      report(name.member_span, error(member.fault().summary, member.fault().hint));
      return invalid();
    };
    return scope;
  }

  bool meets_check(const Value& value) {
    const Entry* check = find("check");
    if (check == nullptr) {
      if (const Entry* message = find("message"))
        context_.report_key(error("'message' belongs to a 'check'"), *message);
      return true;
    }
    if (value.is_null()) return true;
    const std::size_t known_faults = context_.faults.size();
    const Value met = evaluate_known(check->value, "a check", scope_with(value), context_);
    if (is_secret_)
      for (std::size_t i = known_faults; i < context_.faults.size(); ++i)
        context_.faults[i] = without_secrets(std::move(context_.faults[i]), conceal(value));
    if (!expect_boolean(met, "a check", check->value, context_)) return false;
    if (!*met.boolean()) report_failure(value, check->value);
    return *met.boolean();
  }

  void report_failure(const Value& value, const Node& check) {
    Diagnostic fault = error(quoted() + " does not meet its check");
    const Entry* message = find("message");
    if (message != nullptr) fault.summary = quoted() + ": " + text_of(message->value, value);
    const std::string origin = given_ ? given_->origin : "its default";
    fault.detail = "it is " + (is_secret_ ? "(secret)" : display(value)) + ", from " + origin;
    const Entry* place = given_ ? given_->entry : find("default");
    const Location at = locate(place == nullptr ? check : place->value);
    const Location rule = locate(check);
    if (at.file != rule.file || at.line != rule.line)
      fault.detail += "\nthe check stands in " + rule.file + ':' + std::to_string(rule.line);
    context_.report(std::move(fault), at);
  }

  std::string text_of(const Node& message, const Value& value) {
    const Scope scope = scope_with(is_secret_ ? Value("(secret)") : value);
    const Value text = evaluate_known(message, "a message", scope, context_);
    const std::string* plain = expect_text(text, "a message", message, context_);
    return plain == nullptr ? "does not meet its check" : *plain;
  }

  const Entry& entry_;
  const Scope& scope_;
  Context& context_;
  std::optional<GivenValue> given_;
  std::string_view type_;
  bool is_secret_ = false;
};

}  // namespace

Value variable_value(const Entry& entry, const GivenValues& given, const Scope& scope,
                     Context& context) {
  return Variable(entry, given, scope, context).value();
}

}  // namespace stackctl::stack
