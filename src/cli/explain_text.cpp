#include <algorithm>
#include <string>
#include <vector>

#include "cli/explain.h"
#include "cli/fault_text.h"
#include "cli/policy.h"
#include "cli/step_text.h"
#include "cli/table.h"
#include "cli/value_text.h"
#include "stackctl/text.h"

namespace stackctl::cli {
namespace {

constexpr std::size_t kWidestValue = 40;
constexpr std::size_t kIndent = 2;

Label label_of(Agreement agreement) {
  switch (agreement) {
    case Agreement::pending:
    case Agreement::differs:
      return Label::change;
    case Agreement::drift:
    case Agreement::both:
      return Label::warning;
    case Agreement::same:
      return Label::plain;
    default:
      return Label::faint;
  }
}

Label label_of(Fate fate) {
  switch (fate) {
    case Fate::add:
      return Label::add;
    case Fate::change:
      return Label::change;
    case Fate::replace:
      return Label::replace;
    case Fate::destroy:
      return Label::destroy;
    default:
      return Label::faint;
  }
}

Text title(std::string_view words) { return Text().line().line(words, Label::heading); }

Text neighbours_text(std::string_view heading, const std::vector<Neighbour>& neighbours) {
  if (neighbours.empty()) return {};
  Table table;
  for (const Neighbour& each : neighbours)
    table.add({{each.address, Label::plain},
               {each.type, Label::faint},
               {std::string(style_of(each.fate).word), label_of(each.fate)}});
  return title(heading).add(table.text(kIndent));
}

std::string why_nothing(const ObjectView& view) {
  if (view.fate == Fate::looked_up) return "it is only looked up, and never changed";
  if (view.live == nullptr) return "it is not there, and the plan leaves it alone";
  return "nothing differs";
}

Text why_text(const ObjectView& view, const engine::Plan& plan) {
  Text text = title("Why");
  const engine::Step* const step = view.entry.step;
  if (step == nullptr) return text.line("  " + why_nothing(view));
  for (const std::string& reason : step->reasons) text.line("  " + harmless(reason));
  if (step->implied) text.line("  it goes with its parent, without a call of its own");
  if (step->reasons.empty() && view.entry.effect == Effect::add)
    text.line("  it is declared and not there yet");
  for (const engine::Change& change : step->changes) {
    const std::string name = change.attribute == kMark ? "mark" : change.attribute;
    text.add("  ").add(sign_of(change), Label::change).add(" " + name + " = ");
    text.add(change_text(plan, change, kIndent, false).annotate(remark_text(change), Label::faint))
        .line();
  }
  return text;
}

std::string cell(const Value& value, bool is_unreadable) {
  if (!value.is_null()) return shortened(value_line(value), kWidestValue);
  return is_unreadable ? "(not shown)" : "-";
}

Text attributes_text(const ObjectView& view) {
  if (view.attributes.empty()) return {};
  Table table;
  table.add({{"attribute", Label::faint},
             {"declared", Label::faint},
             {"live", Label::faint},
             {"state", Label::faint}});
  for (const AttributeView& row : view.attributes)
    table.add({{row.name, Label::plain},
               {cell(row.declared, false), Label::plain},
               {cell(row.live, row.is_unreadable && view.live != nullptr), Label::plain},
               {std::string(name_of(row.agreement)), label_of(row.agreement)}});
  return title("Attributes").add(table.text(kIndent));
}

std::string mark_text(const ResourceType& type) {
  const std::string place(place_of_mark(type));
  return type.carrier.empty() ? " (mark in its " + place + ")" : " (mark: " + place + ")";
}

std::string owner_line(const Explanation& explanation, const ObjectView& view) {
  if (view.fate == Fate::looked_up) return "not the stack's: only looked up";
  if (view.type->marked == Marked::parent) return "who owns its " + std::string(view.type->parent);
  if (view.live == nullptr)
    return "nobody yet; stack " + explanation.stack + " after the apply" + mark_text(*view.type);
  if (!view.live->mark) return "nobody: it has no mark";
  return "stack " + harmless(view.live->mark->stack) + ", as " +
         harmless(view.live->mark->address) + mark_text(*view.type);
}

Text owner_text(const Explanation& explanation, const ObjectView& view) {
  Text text = title("Owner").line("  " + owner_line(explanation, view));
  if (explanation.declaration == nullptr || view.fate == Fate::looked_up) return text;
  for (const std::string& line : policy_lines(explanation.declaration->lifecycle))
    text.line("  " + harmless(line));
  return text;
}

Text times_text(const Explanation& explanation, const ObjectView& view) {
  if (view.fate == Fate::looked_up) return {};
  const Times times = times_of(*view.type, explanation.declaration);
  return title("Times").line("  create: typically " + display(view.type->typical) + ", at most " +
                             display(times.create) + "; remove: typically " +
                             display(view.type->typical_removal) + ", at most " +
                             display(times.remove));
}

Text object_heading(const ObjectView& view) {
  Text text = Text().line().add(view.address, Label::heading);
  text.add(" (" + std::string(view.type->name) + ") ", Label::heading);
  const Effect effect = view.entry.effect;
  if (view.entry.step != nullptr)
    text.add(fate_text(effect), cli::label_of(effect));
  else
    text.add(view.fate == Fate::looked_up ? "is looked up" : "stays as it is", Label::good);
  if (view.live != nullptr) text.add(" [id=" + harmless(view.live->id) + "]", Label::faint);
  if (view.live != nullptr && !view.live->state.empty()) text.add(" " + harmless(view.live->state));
  return text.line();
}

Text object_text(const Explanation& explanation, const ObjectView& view, const engine::Plan& plan) {
  Text text = object_heading(view);
  text.add(why_text(view, plan));
  text.add(neighbours_text("Needs", view.needs));
  text.add(neighbours_text("Needed by", view.needed_by));
  text.add(owner_text(explanation, view));
  text.add(attributes_text(view));
  return text.add(times_text(explanation, view));
}

Text resource_heading(const Explanation& explanation) {
  Text text;
  const Declaration* const declaration = explanation.declaration;
  if (declaration == nullptr)
    return text.add(explanation.address, Label::heading)
        .line(": no longer in the stack file", Label::destroy);
  text.add(declaration->address, Label::heading);
  text.add(": " + std::string(declaration->kind->name) + " on " + declaration->provider);
  const std::string place = place_text(declaration->location);
  return text.line(place.empty() ? "" : ", declared at " + place, Label::faint);
}

}  // namespace

Text explanation_text(const Explanation& explanation, const engine::Plan& plan) {
  Text text = resource_heading(explanation);
  text.add(neighbours_text("Native objects", explanation.became));
  for (const ObjectView& view : explanation.objects) text.add(object_text(explanation, view, plan));
  return text;
}

}  // namespace stackctl::cli
