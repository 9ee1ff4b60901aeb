#include "cli/step_text.h"

#include <algorithm>
#include <string>
#include <vector>

#include "cli/fault_text.h"
#include "cli/value_text.h"
#include "stackctl/text.h"

namespace stackctl::cli {
namespace {

constexpr std::size_t kIndent = 6;

Text heading(const Entry& entry) {
  Text text;
  if (entry.effect == Effect::run)
    text.add("  # " + subject(*entry.step) + " ", Label::heading);
  else
    text.add("  # " + entry.step->address, Label::heading);
  if (entry.effect != Effect::run)
    text.add(" (" + std::string(entry.step->type->name) + ") ", Label::heading);
  text.line(std::string(fate_text(entry.effect)) + (entry.step->temporary ? " (temporary)" : ""),
            entry.effect == Effect::destroy || entry.effect == Effect::replace
                ? label_of(entry.effect)
                : Label::heading);
  for (const std::string& reason : entry.step->reasons)
    text.line("  # (because " + harmless(reason) + ")", Label::faint);
  return text;
}

std::string cause_text(engine::Cause cause) {
  switch (cause) {
    case engine::Cause::pending:
      return "changed in the stack file";
    case engine::Cause::drift:
      return "changed in the cloud since the last apply";
    case engine::Cause::both:
      return "changed in the stack file and in the cloud";
    case engine::Cause::unknown:
      break;
  }
  return {};
}

Value resolved(const engine::Plan& plan, const Value& value) {
  const Lookup known = [&plan](const Reference& reference) { return known_value(plan, reference); };
  const Result<Value> result = resolve(value, known);
  return result ? *result : value;
}

bool comes(const engine::Change& change) {
  return change.before.is_null() && !change.before_unreadable;
}

bool goes(const engine::Change& change) { return change.after.is_null() && !comes(change); }

/// One line of a block: sign, name, "=".
Text start_of_line(std::string_view sign, Label label, std::string_view name, std::size_t width) {
  Text text;
  text.add(std::string(kIndent, ' ')).add(sign, label).add(" " + padded(name, width) + " = ");
  return text;
}

/// The block of one object, from its heading to the empty line after it.
class Block {
 public:
  Block(const engine::Plan& plan, const Entry& entry, bool details)
      : plan_(plan), entry_(entry), step_(*entry.step), details_(details) {}

  Text write() {
    text_.add(heading(entry_));
    switch (entry_.effect) {
      case Effect::destroy:
        identity();
        break;
      case Effect::add:
        declared(Label::add);
        break;
      case Effect::replace:
      case Effect::change:
        changes();
        break;
      case Effect::run:
        command();
        break;
      case Effect::wait:
        break;
    }
    return text_.line();
  }

 private:
  void command() {
    const bool has_environment =
        step_.hook->environment.map() != nullptr && !step_.hook->environment.map()->empty();
    measure({"command"});
    if (has_environment) measure({"environment"});
    command_line("command", step_.hook->command);
    if (has_environment) command_line("environment", step_.hook->environment);
  }

  void command_line(std::string_view name, const Value& value) {
    text_.add(start_of_line(">", Label::change, name, width_));
    text_.add(value_block(resolved(plan_, value), kIndent + 2, Label::plain, details_)).line();
  }

  /// What tells a doomed object apart: never its texts, which may hold what is secret elsewhere.
  void identity() {
    std::vector<std::string_view> names = {"id"};
    for (const std::string_view name : step_.type->key)
      if (name != "id") names.push_back(name);
    measure(names);
    for (const std::string_view name : names) {
      const Value& value = step_.live.attributes[name];
      if (value.is_null()) continue;
      text_.add(start_of_line("-", Label::destroy, name, width_)).line(value_line(value));
    }
  }

  void declared(Label label) {
    std::vector<const Attribute*> shown;
    std::size_t standard = 0;
    for (const Attribute& attribute : step_.type->schema) {
      const Value& value = step_.desired[attribute.name];
      if (value.is_null()) continue;
      if (!details_ && value == attribute.standard)
        ++standard;
      else
        shown.push_back(&attribute);
    }
    measure_attributes(shown);
    for (const Attribute* attribute : shown) declared_line(*attribute, label);
    hidden(standard, "attribute at its default", "attributes at their defaults");
  }

  void declared_line(const Attribute& attribute, Label label) {
    const Value& declared = step_.desired[attribute.name];
    const std::string_view sign = label == Label::add ? "+" : " ";
    text_.add(start_of_line(sign, label, attribute.name, width_));
    text_.add(value_block(resolved(plan_, declared), kIndent + 2, label, details_));
    text_.line(referred_name(declared), Label::faint);
  }

  /// An id says little: the name of the object that it is the id of stands beside it.
  std::string referred_name(const Value& declared) const {
    const Reference* const reference = declared.reference();
    if (reference == nullptr) return {};
    const auto object = plan_.known.find(reference->target);
    const std::string_view name = object == plan_.known.end() ? "" : object->second.text_at("name");
    return name.empty() ? "" : "  # " + harmless(name);
  }

  void changes() {
    std::vector<std::string_view> names;
    for (const engine::Change& change : step_.changes) names.push_back(shown_name(change));
    const std::vector<const Attribute*> others = unchanged();
    if (details_)
      for (const Attribute* attribute : others) names.push_back(attribute->name);
    measure(names);
    for (const engine::Change& change : step_.changes) change_line(change);
    if (!details_) return hidden(others.size(), "unchanged attribute", "unchanged attributes");
    for (const Attribute* attribute : others) declared_line(*attribute, Label::plain);
  }

  std::vector<const Attribute*> unchanged() const {
    std::vector<const Attribute*> names;
    for (const Attribute& attribute : step_.type->schema) {
      const bool is_changed = std::any_of(
          step_.changes.begin(), step_.changes.end(),
          [&](const engine::Change& change) { return change.attribute == attribute.name; });
      if (!is_changed && !step_.desired[attribute.name].is_null()) names.push_back(&attribute);
    }
    return names;
  }

  static std::string_view shown_name(const engine::Change& change) {
    return change.attribute == kMark ? std::string_view("mark")
                                     : std::string_view(change.attribute);
  }

  void change_line(const engine::Change& change) {
    const Label label = comes(change) ? Label::add : goes(change) ? Label::destroy : Label::change;
    text_.add(start_of_line(sign_of(change), label, shown_name(change), width_));
    const Label remark_label = change.forces_replacement ? Label::replace : Label::faint;
    text_
        .add(change_text(plan_, change, kIndent, details_)
                 .annotate(remark_text(change), remark_label))
        .line();
  }

  void hidden(std::size_t number, std::string_view one, std::string_view many) {
    if (number == 0) return;
    text_.line(std::string(kIndent + 2, ' ') + "# (" + std::to_string(number) + " " +
                   std::string(number == 1 ? one : many) + " hidden)",
               Label::faint);
  }

  void measure(const std::vector<std::string_view>& names) {
    for (const std::string_view name : names) width_ = std::max(width_, columns(name));
  }
  void measure_attributes(const std::vector<const Attribute*>& attributes) {
    for (const Attribute* attribute : attributes)
      width_ = std::max(width_, columns(attribute->name));
  }

  const engine::Plan& plan_;
  const Entry& entry_;
  const engine::Step& step_;
  bool details_;
  std::size_t width_ = 0;
  Text text_;
};

}  // namespace

std::string_view fate_text(Effect effect) {
  switch (effect) {
    case Effect::destroy:
      return "will be destroyed";
    case Effect::replace:
      return "must be replaced";
    case Effect::change:
      return "will be updated in-place";
    case Effect::wait:
      return "will be waited for";
    case Effect::run:
      return "will be run";
    case Effect::add:
      break;
  }
  return "will be created";
}

std::string remark_text(const engine::Change& change) {
  std::vector<std::string> parts;
  if (change.forces_replacement) parts.emplace_back("forces replacement");
  if (std::string cause = cause_text(change.cause); !cause.empty())
    parts.push_back(std::move(cause));
  if (std::string place = place_text(change.location); !place.empty())
    parts.push_back(std::move(place));
  return parts.empty() ? "" : "  # " + join(parts, ", ");
}

std::string_view sign_of(const engine::Change& change) {
  if (comes(change)) return "+";
  return goes(change) ? "-" : "~";
}

Text change_text(const engine::Plan& plan, const engine::Change& change, std::size_t indent,
                 bool whole) {
  if (change.attribute == kMark) return Text().add("(what the stack file declares)");
  const Value after = resolved(plan, change.after);
  if (change.before_unreadable)
    return Text().add("(not readable) -> " + (goes(change) ? "null" : value_line(after)));
  if (comes(change)) return value_block(after, indent + 2, Label::add, whole);
  if (goes(change)) return Text().add(value_line(change.before) + " -> null");
  return change_block(change.before, after, indent, whole);
}

Text step_text(const engine::Plan& plan, const Entry& entry, bool details) {
  return Block(plan, entry, details).write();
}

}  // namespace stackctl::cli
