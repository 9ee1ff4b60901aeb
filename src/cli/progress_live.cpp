#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "cli/entries.h"
#include "cli/progress.h"
#include "stackctl/text.h"

namespace stackctl::cli {
namespace {

constexpr std::size_t kMostLines = 12;
constexpr Duration kRedraw = std::chrono::milliseconds{100};

/// Typical time from the start of each step to the end of the last one that waits for it.
std::vector<Duration> time_ahead(const engine::Plan& plan) {
  std::vector<Duration> ahead(plan.steps.size());
  for (std::size_t i = plan.steps.size(); i-- > 0;) {
    ahead[i] += typical(plan.steps[i]);
    for (const std::size_t need : plan.steps[i].needs)
      if (need < i) ahead[need] = std::max(ahead[need], ahead[i]);
  }
  return ahead;
}

std::string whole_seconds(Duration duration) {
  return display(std::chrono::floor<std::chrono::seconds>(duration));
}

/// Lines about finished steps, and below them a block that is drawn again and again.
class LiveView {
 public:
  LiveView(const engine::Plan& plan, Screen& screen)
      : plan_(plan), screen_(screen), ahead_(time_ahead(plan)) {}

  void operator()(const engine::Event& event) {
    if (started_ == Time{}) started_ = event.at;
    const bool must_draw =
        std::visit([&](const auto& what) { return take(what, event.at); }, event.what);
    if (must_draw || event.at - drawn_ >= kRedraw) draw(event.at);
  }

 private:
  struct Running {
    Time started{};
    std::string waiting_for;
  };

  bool take(const engine::StepStarted& started, Time at) {
    running_[started.step] = {at, {}};
    return false;
  }
  bool take(const engine::StepWaiting& waiting, Time) {
    if (const auto step = running_.find(waiting.step); step != running_.end())
      step->second.waiting_for = waiting.waiting_for;
    return false;
  }
  bool take(const engine::StepPrinted& printed, Time) {
    news_.add(printed_lines(plan_.steps[printed.step], printed));
    return true;
  }
  bool take(const engine::StepDone& done, Time) {
    ++finished_;
    running_.erase(done.step);
    const engine::Step& step = plan_.steps[done.step];
    if (!step.implied) news_.add(done_line(step, done));
    return true;
  }
  bool take(const engine::StepFailed& failed, Time) {
    ++finished_;
    running_.erase(failed.step);
    news_.add(failed_line(plan_.steps[failed.step], failed));
    return true;
  }
  bool take(const engine::CallRetried& retried, Time) {
    if (retried.attempt > 1) news_.add(retry_line(retried));
    return false;
  }
  bool take(const engine::Stopping&, Time) {
    news_.add(stopping_line());
    return true;
  }
  bool take(const engine::Tick&, Time) { return true; }

  void draw(Time now) {
    Text text;
    if (drawn_lines_ > 0) screen_.raw("\033[" + std::to_string(drawn_lines_) + "A\r\033[J");
    text.add(news_);
    news_ = {};
    drawn_lines_ = 0;
    if (!running_.empty()) add_block(text, now);
    screen_.data(text);
    drawn_ = now;
  }

  void add_block(Text& text, Time now) {
    std::vector<std::size_t> steps;
    for (const auto& [index, running] : running_) steps.push_back(index);
    std::stable_sort(steps.begin(), steps.end(), [&](std::size_t a, std::size_t b) {
      return running_[a].started < running_[b].started;
    });
    std::size_t width = 0;
    for (const std::size_t step : steps)
      width = std::max(width, columns(subject(plan_.steps[step])));
    add_line(text, headline(now), Label::heading);
    for (std::size_t i = 0; i < steps.size() && i < kMostLines; ++i)
      add_line(text, running_line(steps[i], std::min<std::size_t>(width, 32), now),
               label_of(effect_of(plan_.steps[steps[i]])));
    if (steps.size() > kMostLines)
      add_line(text, "  and " + std::to_string(steps.size() - kMostLines) + " more", Label::faint);
  }

  std::string headline(Time now) {
    std::string line = std::to_string(running_.size()) + " running, " + std::to_string(finished_) +
                       " of " + counted(plan_.steps.size(), "step") + " done, " +
                       whole_seconds(now - started_);
    Duration left{};
    for (const auto& [index, running] : running_)
      left = std::max(left,
                      ahead_[index] - std::min(now - running.started, typical(plan_.steps[index])));
    return line + ", about " + whole_seconds(left) + " left";
  }

  std::string running_line(std::size_t index, std::size_t width, Time now) const {
    const engine::Step& step = plan_.steps[index];
    const Running& running = running_.at(index);
    std::string line = "  " + padded(shortened(subject(step), width), width) + "  " +
                       std::string(words_for(step).going_on) + "  " +
                       whole_seconds(now - running.started) + " (typically " +
                       whole_seconds(typical(step)) + ")";
    if (!running.waiting_for.empty()) line += "  waiting for " + harmless(running.waiting_for);
    return line;
  }

  /// One terminal line: a wrapped one could not be drawn over.
  void add_line(Text& text, const std::string& line, Label label) {
    text.line(shortened(line, screen_.terminal().width - 1), label);
    ++drawn_lines_;
  }

  const engine::Plan& plan_;
  Screen& screen_;
  std::vector<Duration> ahead_;
  std::map<std::size_t, Running> running_;
  std::size_t finished_ = 0;
  std::size_t drawn_lines_ = 0;
  Time started_{};
  Time drawn_{};
  Text news_;
};

}  // namespace

engine::Listener live_progress(const engine::Plan& plan, Screen& screen) {
  return LiveView(plan, screen);
}

}  // namespace stackctl::cli
