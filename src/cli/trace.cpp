#include "cli/trace.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "cli/entries.h"
#include "cli/progress.h"
#include "stackctl/http.h"
#include "stackctl/json.h"

namespace stackctl::cli {
namespace {

std::int64_t microseconds(Duration duration) { return duration.count(); }

/// The rows of one track: slices that overlap stand below each other.
class Rows {
 public:
  std::size_t place(Time from, Time to) {
    const auto free = std::ranges::find_if(ends_, [&](Time end) { return end <= from; });
    if (free == ends_.end()) {
      ends_.push_back(to);
      return ends_.size() - 1;
    }
    *free = to;
    return static_cast<std::size_t>(free - ends_.begin());
  }

 private:
  std::vector<Time> ends_;
};

Map named(std::string_view what, std::int64_t process, std::string name) {
  return {{"ph", "M"},
          {"pid", process},
          {"tid", std::int64_t{0}},
          {"name", what},
          {"args", Map{{"name", std::move(name)}}}};
}

}  // namespace

void Trace::call(const engine::Attempt& attempt) {
  const http::Url url = http::split(attempt.url);
  slices_.push_back({"calls to " + std::string(url.host),
                     attempt.operation,
                     attempt.started,
                     attempt.finished,
                     {{"method", attempt.method},
                      {"path", url.path.substr(0, url.path.find('?'))},
                      {"status", attempt.status}}});
}

void Trace::event(const engine::Plan& plan, const engine::Event& event) {
  if (const auto* started = std::get_if<engine::StepStarted>(&event.what))
    return begin(plan, started->step, event.at);
  if (const auto* waiting = std::get_if<engine::StepWaiting>(&event.what))
    return wait(waiting->step, waiting->waiting_for, event.at);
  if (const auto* done = std::get_if<engine::StepDone>(&event.what))
    return end(done->step, event.at, {{"id", done->id}});
  if (const auto* failed = std::get_if<engine::StepFailed>(&event.what))
    end(failed->step, event.at, {{"failed", failed->why.summary}});
}

void Trace::begin(const engine::Plan& plan, std::size_t step, Time at) {
  const engine::Step& begun = plan.steps[step];
  running_.insert_or_assign(step, Running{slices_.size()});
  slices_.push_back({"steps",
                     subject(begun) + ": " + std::string(words_for(begun).going_on),
                     at,
                     at,
                     {{"type", begun.type->name}}});
}

void Trace::wait(std::size_t step, const std::string& waiting_for, Time at) {
  const auto running = running_.find(step);
  if (running == running_.end()) return;
  if (running->second.wait) slices_[*running->second.wait].to = at;
  running->second.wait = slices_.size();
  slices_.push_back({"steps", waiting_for, at, at, {}, running->second.slice});
}

void Trace::end(std::size_t step, Time at, Map details) {
  const auto running = running_.find(step);
  if (running == running_.end()) return;
  if (running->second.wait) slices_[*running->second.wait].to = at;
  Slice& slice = slices_[running->second.slice];
  slice.to = at;
  slice.details.merge(details);
  running_.erase(running);
}

void Trace::finish(const engine::Plan& plan, const engine::Report& report) {
  while (!running_.empty())
    end(running_.begin()->first, report.finished, {{"failed", "the run was stopped"}});
  for (const std::size_t step : report.critical_path) {
    if (plan.steps[step].implied) continue;
    const engine::StepResult& result = report.results[step];
    slices_.push_back(
        {"critical path", subject(plan.steps[step]), result.started, result.finished});
  }
}

std::string Trace::text() const {
  std::vector<std::size_t> order(slices_.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::ranges::stable_sort(order, {}, [this](std::size_t i) { return slices_[i].from; });
  const Time first = order.empty() ? Time{} : slices_[order.front()].from;

  List events;
  std::map<std::string, std::pair<std::int64_t, Rows>> tracks;
  std::vector<std::size_t> rows(slices_.size());
  for (const std::size_t i : order) {
    const Slice& slice = slices_[i];
    const auto [track, is_new] = tracks.try_emplace(
        slice.track, std::pair(static_cast<std::int64_t>(tracks.size()) + 1, Rows()));
    auto& [process, free_rows] = track->second;
    if (is_new) events.emplace_back(named("process_name", process, slice.track));
    rows[i] = slice.parent ? rows[*slice.parent] : free_rows.place(slice.from, slice.to);
    events.emplace_back(Map{{"ph", "X"},
                            {"pid", process},
                            {"tid", static_cast<std::int64_t>(rows[i]) + 1},
                            {"name", slice.name},
                            {"ts", microseconds(slice.from - first)},
                            {"dur", microseconds(slice.to - slice.from)},
                            {"args", slice.details}});
  }
  return json::write(Map{{"displayTimeUnit", "ms"}, {"traceEvents", std::move(events)}},
                     json::Secrets::hidden, 1) +
         "\n";
}

}  // namespace stackctl::cli
