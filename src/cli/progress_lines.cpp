#include <map>
#include <memory>
#include <variant>

#include "cli/entries.h"
#include "cli/progress.h"
#include "stackctl/text.h"

namespace stackctl::cli {
namespace {

constexpr Duration kReminder = std::chrono::seconds{10};

/// The words that people and log scrapers know.
class Lines {
 public:
  Lines(const engine::Plan& plan, Screen& screen) : plan_(plan), screen_(screen) {}

  void operator()(const engine::Event& event) {
    std::visit([&](const auto& what) { take(what, event.at); }, event.what);
    remind(event.at);
  }

 private:
  struct Running {
    Time started{};
    Time reminded{};
    std::string waiting_for;
  };

  void take(const engine::StepStarted& started, Time at) {
    const engine::Step& step = plan_.steps[started.step];
    running_[started.step] = {at, at, {}};
    std::string line = subject(step) + ": " + std::string(words_for(step).start) + "...";
    const bool has_id = step.action != Action::create && step.action != Action::run;
    if (has_id && !step.live.id.empty()) line += " [id=" + step.live.id + "]";
    screen_.data(Text().line(line));
  }
  void take(const engine::StepWaiting& waiting, Time) {
    if (const auto step = running_.find(waiting.step); step != running_.end())
      step->second.waiting_for = waiting.waiting_for;
  }
  void take(const engine::StepPrinted& printed, Time) {
    screen_.data(printed_lines(plan_.steps[printed.step], printed));
  }
  void take(const engine::StepDone& done, Time) {
    running_.erase(done.step);
    const engine::Step& step = plan_.steps[done.step];
    if (!step.implied) screen_.data(done_line(step, done));
  }
  void take(const engine::StepFailed& failed, Time) {
    running_.erase(failed.step);
    screen_.data(failed_line(plan_.steps[failed.step], failed));
  }
  void take(const engine::CallRetried& retried, Time) {
    if (retried.attempt > 1) screen_.note(retry_line(retried));
  }
  void take(const engine::Stopping&, Time) { screen_.note(stopping_line()); }
  void take(const engine::Tick&, Time) {}

  void remind(Time now) {
    for (auto& [index, running] : running_) {
      if (now - running.reminded < kReminder) continue;
      running.reminded += kReminder * ((now - running.reminded) / kReminder);
      const engine::Step& step = plan_.steps[index];
      std::string line =
          subject(step) + ": Still " + std::string(words_for(step).going_on) + "... [" +
          display(std::chrono::floor<std::chrono::seconds>(now - running.started)) + " elapsed";
      if (step.action != Action::run) line += ", typically " + display(typical(step));
      if (!running.waiting_for.empty()) line += ", waiting for " + harmless(running.waiting_for);
      screen_.data(Text().line(line + "]"));
    }
  }

  const engine::Plan& plan_;
  Screen& screen_;
  std::map<std::size_t, Running> running_;
};

}  // namespace

StepWords words_for(const engine::Step& step) {
  switch (effect_of(step)) {
    case Effect::destroy:
      return {"Destroying", "destroying", "Destruction complete", "Destruction failed"};
    case Effect::change:
      return {"Modifying", "modifying", "Modifications complete", "Modification failed"};
    case Effect::wait:
      return {"Waiting", "waiting", "Ready", "Waiting failed"};
    case Effect::run:
      return {"Running", "running", "Command complete", "Command failed"};
    case Effect::replace:
    case Effect::add:
      break;
  }
  return {"Creating", "creating", "Creation complete", "Creation failed"};
}

Duration typical(const engine::Step& step) {
  if (step.implied || step.action == Action::run) return {};
  return step.action == Action::remove ? step.type->typical_removal : step.type->typical;
}

Text done_line(const engine::Step& step, const engine::StepDone& done) {
  std::string line = std::string(words_for(step).end) + " after " + display(done.took);
  if (!done.id.empty() && step.action != Action::remove && step.action != Action::run)
    line += " [id=" + done.id + "]";
  return Text().add(subject(step) + ": ").line(harmless(line), label_of(effect_of(step)));
}

Text printed_lines(const engine::Step& step, const engine::StepPrinted& printed) {
  Text text;
  for (const std::string& line : split(trim(printed.text), '\n'))
    text.line(subject(step) + ": " + harmless(line));
  return text;
}

Text failed_line(const engine::Step& step, const engine::StepFailed& failed) {
  return Text()
      .add(subject(step) + ": ")
      .add(std::string(words_for(step).failure) + " after " + display(failed.took), Label::error)
      .line(": " + harmless(failed.why.summary));
}

Text stopping_line() {
  return Text().line(
      "Stopping: what is under way is finished, nothing new is started. Once more stops at once.",
      Label::warning);
}

Text retry_line(const engine::CallRetried& retried) {
  return Text().line(retried.operation + ": " + harmless(retried.reason) + "; again in " +
                         display(retried.delay) + " (attempt " +
                         std::to_string(retried.attempt + 1) + ")",
                     Label::faint);
}

engine::Listener lines_progress(const engine::Plan& plan, Screen& screen) {
  return Lines(plan, screen);
}

}  // namespace stackctl::cli
