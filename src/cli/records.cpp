#include "cli/records.h"

#include <cstdio>
#include <utility>

#include "cli/entries.h"

namespace stackctl::cli {
namespace {

std::string_view action_name(const engine::Step& step) {
  switch (effect_of(step)) {
    case Effect::destroy:
      return "remove";
    case Effect::replace:
      return "replace";
    case Effect::change:
      return "update";
    case Effect::wait:
      return "wait";
    case Effect::run:
      return "run";
    case Effect::add:
      break;
  }
  return "create";
}

std::string_view cause_name(engine::Cause cause) {
  switch (cause) {
    case engine::Cause::pending:
      return "pending";
    case engine::Cause::drift:
      return "drift";
    case engine::Cause::both:
      return "both";
    case engine::Cause::unknown:
      break;
  }
  return "unknown";
}

std::string_view outcome_name(engine::Outcome outcome) {
  switch (outcome) {
    case engine::Outcome::done:
      return "done";
    case engine::Outcome::failed:
      return "failed";
    case engine::Outcome::skipped:
      return "skipped";
    case engine::Outcome::cut_short:
      return "cut_short";
    case engine::Outcome::not_started:
      break;
  }
  return "not_started";
}

template <class Range, class Convert>
List list_from(const Range& range, Convert convert) {
  List list;
  for (const auto& item : range) list.emplace_back(convert(item));
  return list;
}

Map full_step_record(const engine::Plan& plan, const engine::Step& step) {
  const auto address = [&](std::size_t index) { return Value(plan.steps[index].address); };
  Map record = step_record(step);
  record["implied"] = step.implied;
  record["temporary"] = step.temporary;
  record["replacement"] = step.partner.has_value();
  if (is_renamed(step)) record["renamed_from"] = step.live.mark->address;
  record["reasons"] = list_from(step.reasons, [](const std::string& reason) { return reason; });
  record["changes"] = list_from(step.changes, change_record);
  record["desired"] = step.desired;
  record["needs"] = list_from(step.needs, address);
  record["location"] = location_record(step.location);
  return record;
}

Map result_record(const engine::Plan& plan, const engine::Report& report, std::size_t index) {
  const engine::StepResult& result = report.results[index];
  Map record = step_record(plan.steps[index]);
  record["outcome"] = outcome_name(result.outcome);
  record["seconds"] = seconds(result.finished - result.started);
  record["started"] = result.started == Time{} ? Value() : Value(timestamp(result.started));
  record["blocked_by"] = result.outcome == engine::Outcome::skipped
                             ? Value(plan.steps[result.blocked_by].address)
                             : Value();
  record["fault"] =
      result.outcome == engine::Outcome::failed ? Value(fault_record(result.why)) : Value();
  if (!result.id.empty()) record["id"] = result.id;
  return record;
}

Value number(std::size_t count) { return Value(static_cast<std::int64_t>(count)); }

Map summary_record(const engine::Summary& summary) {
  Map record{{"add", number(summary.add)},
             {"change", number(summary.change)},
             {"destroy", number(summary.destroy)},
             {"unchanged", number(summary.unchanged)}};
  if (summary.commands > 0) record["commands"] = number(summary.commands);
  return record;
}

Map kept_record(const engine::Kept& kept) {
  return {{"address", kept.address},
          {"resource_type", kept.type->name},
          {"id", kept.id},
          {"reason", kept.reason}};
}

}  // namespace

std::string timestamp(Time time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::milliseconds>(time - day));
  char text[64];
  std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", int(date.year()),
                unsigned(date.month()), unsigned(date.day()), int(clock.hours().count()),
                int(clock.minutes().count()), int(clock.seconds().count()),
                int(clock.subseconds().count()));
  return text;
}

double seconds(Duration duration) { return std::chrono::duration<double>(duration).count(); }

Value location_record(const Location& location) {
  if (location.line < 1) return {};
  return Map{{"file", location.file}, {"line", location.line}, {"column", location.column}};
}

/// A secret on one side hides both: the cloud may show what the stack file keeps to itself.
Map change_record(const engine::Change& change) {
  const bool is_secret = change.before.has_secret() || change.after.has_secret();
  const auto shown = [&](const Value& value) {
    return is_secret && !value.is_null() ? Value(Secret{}) : value;
  };
  return {{"attribute", change.attribute},
          {"before", shown(change.before)},
          {"before_unreadable", change.before_unreadable},
          {"after", shown(change.after)},
          {"forces_replacement", change.forces_replacement},
          {"cause", cause_name(change.cause)},
          {"location", location_record(change.location)}};
}

Map fault_record(const Diagnostic& fault) {
  return {{"severity", fault.severity == Severity::error ? "error" : "warning"},
          {"summary", fault.summary},
          {"detail", fault.detail},
          {"hint", fault.hint},
          {"address", fault.address},
          {"path", fault.path},
          {"location", location_record(fault.location)}};
}

Map step_record(const engine::Step& step) {
  Map record{{"address", step.address},
             {"resource_type", step.type->name},
             {"action", action_name(step)},
             {"id", step.action == Action::create || step.live.id.empty() ? Value()
                                                                          : Value(step.live.id)}};
  if (step.hook) record["hook"] = step.hook->name;
  return record;
}

Map plan_record(const engine::Plan& plan) {
  return {
      {"stack", plan.stack},
      {"steps", list_from(plan.steps,
                          [&](const engine::Step& step) { return full_step_record(plan, step); })},
      {"summary", summary_record(plan.summary())},
      {"kept", list_from(plan.kept, kept_record)},
      {"read", Map{{"objects", number(plan.objects_read)},
                   {"calls", number(plan.calls)},
                   {"seconds", seconds(plan.took)}}},
      {"diagnostics", list_from(plan.faults, fault_record)}};
}

Map report_record(const engine::Plan& plan, const engine::Report& report) {
  List results;
  for (std::size_t i = 0; i < report.results.size(); ++i)
    results.emplace_back(result_record(plan, report, i));
  List path;
  for (const std::size_t step : report.critical_path) path.emplace_back(plan.steps[step].address);
  return {{"succeeded", report.succeeded()},
          {"interrupted", report.interrupted},
          {"seconds", seconds(report.finished - report.started)},
          {"critical_path", std::move(path)},
          {"results", std::move(results)}};
}

}  // namespace stackctl::cli
