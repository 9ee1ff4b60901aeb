#include "cli/drift_text.h"

#include "cli/entries.h"
#include "cli/plan_markdown.h"
#include "cli/plan_text.h"
#include "cli/records.h"
#include "cli/step_text.h"
#include "cli/value_text.h"
#include "stackctl/flow.h"
#include "stackctl/text.h"

namespace stackctl::cli {
namespace {

constexpr std::size_t kIndent = 6;

std::string_view name_of(Drifted::What what) {
  switch (what) {
    case Drifted::What::gone:
      return "gone";
    case Drifted::What::added:
      return "added";
    case Drifted::What::failed:
      return "failed";
    case Drifted::What::changed:
      break;
  }
  return "changed";
}

std::string_view sign_of(Drifted::What what) {
  if (what == Drifted::What::gone) return "-";
  if (what == Drifted::What::added) return "+";
  return what == Drifted::What::failed ? "!" : "~";
}

/// What the cloud has; hidden where the stack file keeps it secret.
Value seen_of(const engine::Change& change) {
  const bool is_hidden = change.after.has_secret() && !change.before.is_null();
  return is_hidden ? Value(Secret{}) : change.before;
}

/// Of what was applied only a digest is known. Where the file has not changed, it is the file's.
bool knows_from(const engine::Change& change) { return change.cause == engine::Cause::drift; }

/// The change that the cloud made, from what was applied to what is there.
Text made_by_cloud(const engine::Plan& plan, const engine::Change& change) {
  const std::string wanted = value_line(change.after);
  const std::string seen = value_line(seen_of(change));
  if (change.cause == engine::Cause::unknown)
    return Text()
        .add("the stack file says " + wanted + ", the cloud has " + seen)
        .add("  # nothing tells which of the two changed", Label::faint);
  if (!knows_from(change))
    return Text()
        .add("(another value) -> " + seen)
        .add("  # the stack file wants " + wanted + " by now", Label::faint);
  engine::Change reversed = change;
  reversed.before = change.after;
  reversed.after = seen_of(change);
  return change_text(plan, reversed, kIndent, false);
}

std::string heading_of(const Drifted& item) {
  const engine::Step& step = *item.step;
  const bool has_id = item.what != Drifted::What::gone && !step.live.id.empty();
  return step.address + " (" + std::string(step.type->name) + ") " +
         std::string(name_of(item.what)) + (has_id ? " [id=" + step.live.id + "]" : "");
}

Text drifted_text(const engine::Plan& plan, const Drifted& item) {
  Text text;
  text.add("  ").add(sign_of(item.what), Label::change).add(" " + harmless(heading_of(item)));
  text.line(item.note.empty() ? "" : ": " + harmless(item.note), Label::faint);
  for (const engine::Change* const change : item.changes) {
    text.add(std::string(kIndent, ' ')).add("~", Label::change);
    text.add(" " + change->attribute + " = ").add(made_by_cloud(plan, *change)).line();
  }
  return text;
}

std::string_view sign_of(const engine::Step& step) {
  if (step.action == Action::remove) return "-";
  if (step.action == Action::run) return ">";
  if (step.action == Action::create) return step.partner ? "-/+" : "+";
  return "~";
}

Text pending_text(const Pending& item) {
  Text text;
  text.add("  " + std::string(sign_of(*item.step)) + " " + subject(*item.step) + " (" +
           std::string(item.step->type->name) + ")");
  return text.line(item.reason.empty() ? "" : ": " + harmless(item.reason), Label::faint);
}

std::string summary_of(const Drift& drift) {
  if (drift.drifted.empty() && drift.pending.empty()) return "No drift, nothing pending.";
  std::string summary =
      drift.drifted.empty()
          ? "No drift"
          : "Drift: " + counted(drift.drifted.size(), "object") + " changed outside of stackctl";
  if (!drift.pending.empty())
    summary += "; " + counted(drift.pending.size(), "change") + " of the stack file not applied";
  return summary + ".";
}

Map attribute_record(const engine::Change& change) {
  const Map record = change_record(change);
  return {{"attribute", change.attribute},
          {"from", knows_from(change) ? record.at("after") : Value()},
          {"from_known", knows_from(change)},
          {"to", record.at("before")},
          {"wanted", record.at("after")},
          {"cause", record.at("cause")}};
}

Map drifted_record(const Drifted& item) {
  Map record = step_record(*item.step);
  record.erase("action");
  List attributes;
  for (const engine::Change* const change : item.changes)
    attributes.emplace_back(attribute_record(*change));
  record["what"] = name_of(item.what);
  record["certain"] = item.is_certain;
  record["note"] = item.note;
  record["attributes"] = std::move(attributes);
  return record;
}

std::string item_line(std::string_view verb, const engine::Step& step, const std::string& note) {
  std::string line = "- **" + std::string(verb) + "** " + markdown::foreign(subject(step)) + " " +
                     markdown::foreign(step.type->name);
  const std::string shown = markdown::foreign(note);
  return line + (shown.empty() ? "" : ": " + shown) + "\n";
}

std::string note_of(const Drifted& item) {
  std::vector<std::string> words;
  for (const engine::Change* const change : item.changes) words.push_back(change->attribute);
  if (!item.note.empty()) words.push_back(item.note);
  return join(words, ", ");
}

}  // namespace

Text drift_text(const engine::Plan& plan, const Drift& drift) {
  Text text;
  if (!drift.drifted.empty()) text.line("Changed outside of stackctl:", Label::heading);
  for (const Drifted& item : drift.drifted) text.add(drifted_text(plan, item));
  if (!drift.drifted.empty()) text.line();
  if (!drift.pending.empty()) text.line("Not applied yet from the stack file:", Label::heading);
  for (const Pending& item : drift.pending) text.add(pending_text(item));
  if (!drift.pending.empty()) text.line();
  text.line(summary_of(drift), drift.drifted.empty() ? Label::good : Label::warning);
  if (!plan.empty())
    text.line("An apply would make it as the stack file says: " +
              figures_text(plan).substr(std::string_view("Plan: ").size()));
  if (!drift.drifted.empty())
    text.line("To keep what the cloud has, write it into the stack file.");
  return text.line(effort_text(plan), Label::faint);
}

Map drift_record(const engine::Plan& plan, const Drift& drift) {
  List drifted;
  for (const Drifted& item : drift.drifted) drifted.emplace_back(drifted_record(item));
  List pending;
  for (const Pending& item : drift.pending) {
    Map record = step_record(*item.step);
    record["reason"] = item.reason;
    pending.emplace_back(std::move(record));
  }
  const Map whole = plan_record(plan);
  return {{"stack", plan.stack},
          {"verdict", verdict_of(drift)},
          {"drift", std::move(drifted)},
          {"pending", std::move(pending)},
          {"summary", whole.at("summary")},
          {"read", whole.at("read")},
          {"diagnostics", whole.at("diagnostics")}};
}

std::string drift_markdown(const engine::Plan& plan, const Drift& drift, std::size_t max_bytes) {
  markdown::Page page;
  page.noun = "line";
  page.plain_heading = summary_of(drift) + "\n";
  page.heading = "### " + markdown::foreign(plan.stack) + ": " + summary_of(drift) + "\n\n";
  for (const Drifted& item : drift.drifted) {
    page.lines.push_back(item_line(name_of(item.what), *item.step, note_of(item)));
    if (!item.changes.empty())
      page.sections.push_back(markdown::folded(
          heading_of(item), markdown::diff_block(drifted_text(plan, item).plain())));
  }
  for (const Pending& item : drift.pending)
    page.lines.push_back(item_line("pending", *item.step, item.reason));
  return markdown::fit(page, max_bytes);
}

}  // namespace stackctl::cli
