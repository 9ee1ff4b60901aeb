#include "cli/entries.h"

#include <algorithm>
#include <span>

#include "cli/value_text.h"

namespace stackctl::cli {
namespace {

bool needs(const engine::Step& step, std::size_t other) {
  return std::find(step.needs.begin(), step.needs.end(), other) != step.needs.end();
}

Entry replacement(const engine::Plan& plan, std::size_t create) {
  const engine::Step& step = plan.steps[create];
  const engine::Step& removal = plan.steps[*step.partner];
  return {Effect::replace, &step, &removal, needs(removal, create)};
}

}  // namespace

Effect effect_of(const engine::Step& step) {
  if (step.action == Action::remove) return Effect::destroy;
  if (step.action == Action::create) return Effect::add;
  if (step.action == Action::run) return Effect::run;
  if (step.action == Action::replace) return Effect::replace;
  const bool only_waits = step.changes.empty() && step.live.condition == Condition::pending;
  return only_waits ? Effect::wait : Effect::change;
}

std::vector<Entry> entries(const engine::Plan& plan) {
  std::vector<Entry> all;
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    const engine::Step& step = plan.steps[i];
    const bool is_half = step.partner && *step.partner < plan.steps.size();
    if (is_half && step.action == Action::remove) continue;
    if (step.undoes) continue;  // told with the create
    if (is_half)
      all.push_back(replacement(plan, i));
    else
      all.push_back({effect_of(step), &step, nullptr, false});
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const Entry& a, const Entry& b) { return a.effect < b.effect; });
  return all;
}

bool is_renamed(const engine::Step& step) {
  return step.action == Action::update && step.type->parent.empty() && step.live.mark &&
         step.live.mark->address != step.address;
}

std::string subject(const engine::Step& step) {
  return step.hook ? step.address + " (" + step.hook->name + ")" : step.address;
}

std::string command_text(const Hook& hook) {
  constexpr std::size_t kWidest = 48;
  const std::span<const Value> words = hook.command.items();
  const bool is_for_shell = words.size() == 3 && words[0] == Value("sh") && words[1] == Value("-c");
  std::string line;
  for (std::size_t i = is_for_shell ? 2 : 0; i < words.size(); ++i) {
    const std::string* const text = words[i].text();
    if (!line.empty()) line += ' ';
    line += text == nullptr ? value_line(words[i]) : text->substr(0, text->find('\n'));
  }
  return shortened(harmless(line), kWidest);
}

std::string_view symbol(const Entry& entry) {
  switch (entry.effect) {
    case Effect::destroy:
      return "-";
    case Effect::replace:
      return entry.creates_first ? "+/-" : "-/+";
    case Effect::change:
      return "~";
    case Effect::wait:
      return "=";
    case Effect::run:
      return ">";
    case Effect::add:
      break;
  }
  return "+";
}

std::string_view meaning(const Entry& entry) {
  switch (entry.effect) {
    case Effect::destroy:
      return "destroy";
    case Effect::replace:
      return entry.creates_first ? "create replacement and then destroy"
                                 : "destroy and then create replacement";
    case Effect::change:
      return "update in-place";
    case Effect::wait:
      return "wait until it is ready";
    case Effect::run:
      return "run a command";
    case Effect::add:
      break;
  }
  return "create";
}

Label label_of(Effect effect) {
  switch (effect) {
    case Effect::destroy:
      return Label::destroy;
    case Effect::replace:
      return Label::replace;
    case Effect::change:
      return Label::change;
    case Effect::wait:
      return Label::faint;
    case Effect::run:
      return Label::change;
    case Effect::add:
      break;
  }
  return Label::add;
}

}  // namespace stackctl::cli
