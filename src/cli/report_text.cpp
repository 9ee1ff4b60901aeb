#include "cli/report_text.h"

#include <string>
#include <vector>

#include "cli/entries.h"
#include "cli/progress.h"
#include "stackctl/text.h"

namespace stackctl::cli {
namespace {

using engine::Outcome;

struct Achieved {
  std::size_t added = 0;
  std::size_t changed = 0;
  std::size_t destroyed = 0;
  std::size_t run = 0;
};

Achieved achieved(const engine::Plan& plan, const engine::Report& report) {
  Achieved sum;
  for (std::size_t i = 0; i < report.results.size(); ++i) {
    if (report.results[i].outcome != Outcome::done || plan.steps[i].temporary) continue;
    const Action action = plan.steps[i].action;
    if (action == Action::create) ++sum.added;
    if (action == Action::update) ++sum.changed;
    if (action == Action::remove) ++sum.destroyed;
    if (action == Action::run) ++sum.run;
  }
  return sum;
}

std::string figures(std::string_view verb, const engine::Plan& plan, const engine::Report& report) {
  const Achieved sum = achieved(plan, report);
  const std::string run = sum.run == 0 ? "" : ", " + counted(sum.run, "command") + " run";
  if (verb == "Destroy" && sum.added + sum.changed == 0)
    return "Resources: " + std::to_string(sum.destroyed) + " destroyed" + run + ".";
  return "Resources: " + std::to_string(sum.added) + " added, " + std::to_string(sum.changed) +
         " changed, " + std::to_string(sum.destroyed) + " destroyed" + run + ".";
}

Diagnostic placed(const engine::Step& step, const engine::StepResult& result) {
  Diagnostic why = result.why;
  why.address = step.address + " (" + std::string(step.type->name) + ")";
  if (why.location.line == 0) why.location = place_of(step, why.path);
  return why;
}

std::vector<std::size_t> with_outcome(const engine::Report& report, Outcome outcome) {
  std::vector<std::size_t> steps;
  for (std::size_t i = 0; i < report.results.size(); ++i)
    if (report.results[i].outcome == outcome) steps.push_back(i);
  return steps;
}

std::string name_of(const engine::Step& step) {
  const std::string sign(symbol({effect_of(step), &step, nullptr, false}));
  if (step.hook) return sign + " " + subject(step);
  return sign + " " + step.address + " (" + std::string(step.type->name) + ")";
}

void add_list(Text& text, std::string_view title, const engine::Plan& plan,
              const std::vector<std::size_t>& steps, std::string_view margin = {}) {
  if (steps.empty()) return;
  text.add(margin).line(title, Label::heading);
  for (const std::size_t step : steps) text.add(margin).line("  " + name_of(plan.steps[step]));
}

void add_skipped(Text& text, const engine::Plan& plan, const engine::Report& report,
                 std::size_t root) {
  std::vector<std::size_t> steps;
  for (const std::size_t step : with_outcome(report, Outcome::skipped))
    if (report.results[step].blocked_by == root) steps.push_back(step);
  add_list(text, "skipped because of it:", plan, steps, "  ");
}

}  // namespace

Text success_text(std::string_view verb, const engine::Plan& plan, const engine::Report& report) {
  return Text().line(std::string(verb) + " complete! " + figures(verb, plan, report), Label::good);
}

Text failure_text(std::string_view verb, const engine::Plan& plan, const engine::Report& report,
                  const Screen& screen) {
  Text text;
  for (const std::size_t root : with_outcome(report, Outcome::failed)) {
    text.add(screen.fault_text(placed(plan.steps[root], report.results[root])));
    add_skipped(text, plan, report, root);
    text.line();
  }
  add_list(text, "Stopped in the middle (the next run goes on from there):", plan,
           with_outcome(report, Outcome::cut_short));
  add_list(text, "Not started:", plan, with_outcome(report, Outcome::not_started));
  const std::string_view end = report.interrupted ? " interrupted. " : " failed. ";
  text.add(std::string(verb) + std::string(end) + figures(verb, plan, report), Label::error);
  return text.line(" What is done stays done: the next run goes on from there.");
}

Text critical_path_text(const engine::Plan& plan, const engine::Report& report) {
  if (report.critical_path.size() < 2) return {};
  std::vector<std::string> parts;
  for (const std::size_t step : report.critical_path) {
    if (plan.steps[step].implied) continue;
    const engine::StepResult& result = report.results[step];
    parts.push_back(subject(plan.steps[step]) + " " + display(result.finished - result.started));
  }
  return Text().line("Took " + display(report.finished - report.started) + ", set by " +
                         join(parts, ", then ") + ".",
                     Label::faint);
}

}  // namespace stackctl::cli
