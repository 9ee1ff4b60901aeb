#include "cli/change.h"

#include <algorithm>
#include <filesystem>
#include <memory>
#include <utility>

#include "cli/outputs.h"
#include "cli/plan_text.h"
#include "cli/progress.h"
#include "cli/records.h"
#include "cli/report_text.h"
#include "engine/bound.h"
#include "engine/executor.h"
#include "stackctl/discretion.h"
#include "stackctl/text.h"

namespace stackctl::cli {
namespace {

bool approved(Session& session, const ChangeWords& words, const Options& options, World& world,
              Screen& screen) {
  if (options.approved) return true;
  if (options.json || !world.terminal.in) {
    screen.fault(error("nobody is there to approve the plan",
                       "look at it with 'stackctl plan', then add --yes"));
    return false;
  }
  screen.data(Text()
                  .line()
                  .line(words.question, Label::heading)
                  .line("  Only 'yes' will be accepted to approve.")
                  .line()
                  .add("  Enter a value: ", Label::heading));
  const std::optional<std::string> answer = world.read_line([&] { return session.keep_lock(); });
  screen.data(Text().line());
  if (answer && trim(*answer) == "yes") return true;
  screen.note(Text().line(std::string(words.verb) + " cancelled: nothing was changed."));
  return false;
}

/// A live view of virtual time would be over before it can be read.
engine::Listener progress(const engine::Plan& plan, const Options& options, Screen& screen) {
  if (options.json) return json_progress(plan, screen);
  const bool live = screen.terminal().out && !options.simulate;
  return live ? live_progress(plan, screen) : lines_progress(plan, screen);
}

/// `shown`, which is not told the secrets of the plan in what clouds say.
engine::Listener discreet(engine::Listener shown, const engine::Plan& plan) {
  List all;
  for (const engine::Step& step : plan.steps) all.push_back(step.desired);
  return [shown = std::move(shown), secrets = secrets_in(all)](engine::Event event) {
    if (auto* const retried = std::get_if<engine::CallRetried>(&event.what))
      retried->reason = without(std::move(retried->reason), secrets);
    shown(event);
  };
}

/// Commands are run where the stack file is, as files are found there.
std::unique_ptr<engine::Commands> commands_for(const stack::Stack& stack, const Options& options,
                                               const World& world) {
  if (!world.make_commands) return nullptr;
  const std::filesystem::path file = stack.file;
  return world.make_commands(file.parent_path().string(), options.simulate);
}

engine::Report execute(Session& session, const engine::Plan& plan, const Options& options,
                       World& world, Screen& screen) {
  engine::ExecuteOptions how;
  how.parallelism = options.parallelism;
  how.listener = progress(plan, options, screen);
  if (Trace* const trace = session.trace())
    how.listener = [&plan, trace, shown = std::move(how.listener)](const engine::Event& event) {
      trace->event(plan, event);
      shown(event);
    };
  how.interrupts = [&] {
    const int asked = world.interrupts();
    return session.keep_lock() ? asked : std::max(asked, 1);
  };
  how.digests = &session.digests();
  const auto commands = commands_for(session.stack(), options, world);
  how.commands = commands.get();
  session.runner().dispatcher().on_retry(discreet(how.listener, plan));
  engine::Report report = engine::execute(plan, session.bindings(), session.runner(), how);
  session.runner().dispatcher().on_retry({});
  if (session.trace() != nullptr) session.trace()->finish(plan, report);
  return report;
}

void show_report(const ChangeWords& words, const engine::Plan& plan, const engine::Report& report,
                 Screen& screen) {
  if (screen.is_json())
    return screen.record("report", report_record(plan, report), report.finished);
  screen.data(Text().line());
  screen.data(critical_path_text(plan, report));
  if (report.succeeded())
    screen.data(success_text(words.verb, plan, report));
  else
    screen.note(failure_text(words.verb, plan, report, screen));
}

void show_outputs(const stack::Stack& stack, const engine::Desired& desired,
                  const engine::Known& known, Screen& screen) {
  Diagnostics faults;
  const Map outputs = output_values(stack, desired, known, faults);
  screen.faults(faults);
  if (screen.is_json())
    screen.record("outputs", {{"outputs", outputs}});
  else
    screen.data(outputs_text(outputs));
}

}  // namespace

bool show_plan(const engine::Plan& plan, const Options& options, Screen& screen) {
  if (options.json) {
    screen.record("plan", plan_record(plan));
    return !has_errors(plan.faults);
  }
  if (!has_errors(plan.faults) || !plan.empty())
    screen.data(plan_text(plan, {options.details, options.quiet}));
  screen.faults(plan.faults);
  return !has_errors(plan.faults);
}

int carry_out(Session& session, const Planned& planned, const ChangeWords& words,
              const Options& options, World& world, Screen& screen) {
  const engine::Plan& plan = planned.plan;
  const bool goes_on = show_plan(plan, options, screen) &&
                       (plan.empty() || approved(session, words, options, world, screen));
  if (!goes_on) return world.interrupts() > 0 ? kInterrupted : kFailure;

  const engine::Report report = execute(session, plan, options, world, screen);
  show_report(words, plan, report, screen);
  if (report.succeeded()) show_outputs(session.stack(), planned.desired, report.known, screen);
  show_stats(session, plan, &report, options, screen);
  if (report.interrupted && session.keep_lock()) return kInterrupted;
  return report.succeeded() ? kSuccess : kFailure;
}

void show_stats(const Session& session, const engine::Plan& plan, const engine::Report* report,
                const Options& options, Screen& screen) {
  if (!options.stats) return;
  Duration makespan{};
  Duration bound{};
  if (report != nullptr) {
    makespan = report->finished - report->started;
    bound = engine::lower_bound(plan, *report);
  }
  if (screen.is_json()) {
    Map record = session.calls().record();
    record["makespan_seconds"] = seconds(makespan);
    record["lower_bound_seconds"] = seconds(bound);
    return screen.record("stats", std::move(record));
  }
  Text text = Text().line().add(session.calls().text());
  if (bound > Duration{}) {
    char ratio[32];
    std::snprintf(ratio, sizeof ratio, "%.2f", seconds(makespan) / seconds(bound));
    const bool is_rate = bound == report->rate_bound;
    text.line("  makespan " + display(makespan) +
              (is_rate ? ", calls at the limit of their rate " : ", longest chain of steps ") +
              display(bound) + ", ratio " + ratio);
  }
  screen.data(text);
}

int with_session(const Options& options, World& world,
                 const std::function<int(Session&, Screen&)>& body, Purpose purpose) {
  Screen screen(options, world);
  std::optional<Session> session = Session::open(options, world, screen, purpose);
  if (!session) return world.interrupts() > 0 ? kInterrupted : kFailure;
  const int code = body(*session, screen);
  const bool closed = session->close();
  return closed || code != kSuccess ? code : int{kFailure};
}

int with_lease(const Options& options, World& world,
               const std::function<int(Session&, Screen&)>& body) {
  return with_session(options, world, body, Purpose::change);
}

}  // namespace stackctl::cli
