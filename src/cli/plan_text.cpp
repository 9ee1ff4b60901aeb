#include "cli/plan_text.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "cli/entries.h"
#include "cli/step_text.h"
#include "stackctl/text.h"

namespace stackctl::cli {
namespace {

constexpr std::size_t kWidestAddress = 40;

Text legend(const std::vector<Entry>& all) {
  Text text;
  text.line("Actions are indicated with these symbols:");
  std::set<std::string_view> shown;
  for (const Entry& entry : std::vector<Entry>(all.rbegin(), all.rend())) {
    const std::string sign(symbol(entry));
    if (!shown.insert(symbol(entry)).second) continue;
    text.add(std::string(5 - sign.size(), ' ')).add(sign, label_of(entry.effect));
    text.line(" " + std::string(meaning(entry)));
  }
  return text.line();
}

std::vector<std::string> changed_names(const Entry& entry) {
  std::vector<std::string> names;
  for (const engine::Change& change : entry.step->changes)
    if (entry.effect != Effect::replace || change.forces_replacement)
      names.push_back(change.attribute == kMark ? "mark" : change.attribute);
  return names;
}

/// The type of an object, or the name of a hook.
std::string_view what(const Entry& entry) {
  return entry.effect == Effect::run ? std::string_view(entry.step->hook->name)
                                     : entry.step->type->name;
}

Text kept_text(const engine::Plan& plan) {
  Text text;
  for (const engine::Kept& kept : plan.kept)
    text.line("Kept: " + kept.address + " (" + std::string(kept.type->name) + "), " +
              harmless(kept.reason));
  return text;
}

Text overview(const std::vector<Entry>& all) {
  std::size_t addresses = 0;
  std::size_t types = 0;
  for (const Entry& entry : all) {
    addresses = std::max(addresses, columns(entry.step->address));
    types = std::max(types, columns(what(entry)));
  }
  addresses = std::min(addresses, kWidestAddress);
  Text text;
  for (const Entry& entry : all) {
    const std::string sign(symbol(entry));
    const std::string reason = harmless(brief_reason(entry));
    text.add(std::string(5 - sign.size(), ' ')).add(sign, label_of(entry.effect));
    text.add(" " + padded(entry.step->address, addresses) + "  ");
    text.add(reason.empty() ? std::string(what(entry)) : padded(what(entry), types) + "  ",
             Label::faint);
    text.line(reason, Label::faint);
  }
  return text.line();
}

/// Also of a stack that is to go, or has gone.
std::string unchanged_text(const engine::Plan& plan) {
  if (plan.unchanged == 0)
    return "Stack " + plan.stack + " has no objects" +
           (plan.kept.empty() ? "." : " but those that are kept.");
  return "The " + counted(plan.unchanged, "object") + " of stack " + plan.stack +
         (plan.unchanged == 1 ? " is" : " are") + " as the stack file says.";
}

}  // namespace

std::string brief_reason(const Entry& entry) {
  if (entry.effect == Effect::run) return command_text(*entry.step->hook);
  if (entry.step->temporary) return "temporary";
  if (entry.step->implied) return "with its parent";
  const std::vector<std::string> names = changed_names(entry);
  if (names.empty() || is_renamed(*entry.step))
    return entry.step->reasons.empty() ? "" : entry.step->reasons.front();
  return join(names, ", ") + (entry.effect == Effect::replace ? ": forces replacement" : "");
}

std::string figures_text(const engine::Plan& plan) {
  const engine::Summary summary = plan.summary();
  return "Plan: " + std::to_string(summary.add) + " to add, " + std::to_string(summary.change) +
         " to change, " + std::to_string(summary.destroy) + " to destroy" +
         (summary.commands == 0 ? "" : ", " + counted(summary.commands, "command") + " to run") +
         ".";
}

std::string effort_text(const engine::Plan& plan) {
  return "Read " + counted(plan.objects_read, "object") + " in " + counted(plan.calls, "API call") +
         ", " + display(plan.took) + ".";
}

Text plan_text(const engine::Plan& plan, const PlanView& view) {
  Text text;
  if (plan.empty()) {
    text.add("No changes.", Label::good);
    text.line(' ' + unchanged_text(plan));
    text.add(kept_text(plan));
    return text.line(effort_text(plan), Label::faint);
  }
  const std::vector<Entry> all = entries(plan);
  text.add(legend(all)).add(overview(all));
  if (!view.quiet)
    for (const Entry& entry : all)
      if (!entry.step->implied) text.add(step_text(plan, entry, view.details));
  text.line(figures_text(plan), Label::heading).add(kept_text(plan));
  return text.line(effort_text(plan), Label::faint);
}

}  // namespace stackctl::cli
