#include <variant>

#include "cli/progress.h"
#include "cli/records.h"

namespace stackctl::cli {
namespace {

class Records {
 public:
  Records(const engine::Plan& plan, Screen& screen) : plan_(plan), screen_(screen) {}

  void operator()(const engine::Event& event) const {
    std::visit([&](const auto& what) { take(what, event.at); }, event.what);
  }

 private:
  Map of(std::size_t step) const { return step_record(plan_.steps[step]); }

  void take(const engine::StepStarted& started, Time at) const {
    screen_.record("step_started", of(started.step), at);
  }
  void take(const engine::StepWaiting& waiting, Time at) const {
    Map record = of(waiting.step);
    record["waiting_for"] = waiting.waiting_for;
    screen_.record("step_waiting", std::move(record), at);
  }
  void take(const engine::StepPrinted& printed, Time at) const {
    Map record = of(printed.step);
    record["text"] = printed.text;
    screen_.record("step_printed", std::move(record), at);
  }
  void take(const engine::StepDone& done, Time at) const {
    Map record = of(done.step);
    if (!done.id.empty()) record["id"] = done.id;
    record["seconds"] = seconds(done.took);
    screen_.record("step_done", std::move(record), at);
  }
  void take(const engine::StepFailed& failed, Time at) const {
    Map record = of(failed.step);
    record["fault"] = fault_record(failed.why);
    record["seconds"] = seconds(failed.took);
    screen_.record("step_failed", std::move(record), at);
  }
  void take(const engine::CallRetried& retried, Time at) const {
    screen_.record("call_retried",
                   {{"operation", retried.operation},
                    {"reason", retried.reason},
                    {"attempt", retried.attempt},
                    {"delay_seconds", seconds(retried.delay)}},
                   at);
  }
  void take(const engine::Stopping&, Time at) const { screen_.record("stopping", {}, at); }
  void take(const engine::Tick&, Time) const {}

  const engine::Plan& plan_;
  Screen& screen_;
};

}  // namespace

engine::Listener json_progress(const engine::Plan& plan, Screen& screen) {
  return Records(plan, screen);
}

}  // namespace stackctl::cli
