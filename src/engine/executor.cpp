#include "engine/executor.h"

#include <algorithm>
#include <set>
#include <utility>

#include "engine/graph.h"
#include "stackctl/text.h"

namespace stackctl::engine {
namespace {

constexpr Duration kTick = std::chrono::seconds{1};

double weight(const Step& step) {
  const Duration typical =
      step.action == Action::remove ? step.type->typical_removal : step.type->typical;
  return step.implied ? 0 : std::chrono::duration<double>(typical).count();
}

class Execution {
 public:
  Execution(const Plan& plan, const Bindings& bindings, Runner& runner,
            const ExecuteOptions& options)
      : plan_(plan), bindings_(bindings), runner_(runner), options_(options) {
    const std::size_t count = plan.steps.size();
    report_.results.resize(count);
    report_.known = plan.known;
    report_.started = runner.now();
    Needs needs(count);
    std::vector<double> weights(count);
    needed_by_.resize(count);
    missing_.resize(count);
    for (std::size_t i = 0; i < count; ++i) {
      needs[i] = plan.steps[i].needs;
      weights[i] = weight(plan.steps[i]);
      missing_[i] = needs[i].size();
      for (const std::size_t need : needs[i]) needed_by_[need].push_back(i);
    }
    remaining_ = remaining_path(needs, weights);
    for (std::size_t i = 0; i < count; ++i)
      if (missing_[i] == 0) make_ready(i);
  }

  Report run() {
    runner_.on_waiting([this](FlowId flow, const std::string& waiting_for) {
      if (const auto step = running_.find(flow); step != running_.end())
        tell(StepWaiting{step->second, waiting_for});
    });
    while (!stopped()) {
      start_ready();
      if (running_.empty()) break;
      const std::optional<Finished> finished = runner_.wait(runner_.now() + kTick);
      if (finished)
        take(*finished);
      else
        tell(Tick{});
    }
    runner_.on_waiting({});
    report_.finished = runner_.now();
    report_.critical_path = critical_path();
    return std::move(report_);
  }

 private:
  int interrupts() const { return options_.interrupts ? options_.interrupts() : 0; }

  /// Stopped now, with calls in flight.
  bool stopped() {
    const int asked = interrupts();
    if (asked > 0 && !std::exchange(report_.interrupted, true)) tell(Stopping{});
    if (asked < 2) return false;
    runner_.dispatcher().cancel_all();
    for (const auto& [flow, step] : running_) {
      report_.results[step].outcome = Outcome::cut_short;
      report_.results[step].finished = runner_.now();
    }
    return true;
  }

  void make_ready(std::size_t step) { ready_.emplace(-remaining_[step], step); }

  void start_ready() {
    while (!report_.interrupted && !ready_.empty() && running_.size() < options_.parallelism) {
      const std::size_t step = ready_.begin()->second;
      ready_.erase(ready_.begin());
      start(step);
    }
  }

  void start(std::size_t index) {
    const Step& step = plan_.steps[index];
    StepResult& result = report_.results[index];
    result.started = runner_.now();
    if (step.implied) return done(index, {});
    tell(StepStarted{index});
    Result<Work> work = make_work(step);
    if (!work) return fail(index, work.fault());
    FlowOptions options;
    options.type = step.type;
    options.priority = remaining_[index];
    options.timeout = step.type->timeout;
    const Connection& connection = *bindings_[step.binding].connection;
    const FlowId flow = runner_.start(connection, connection.carry_out(*std::move(work)), options);
    running_.emplace(flow, index);
  }

  Result<Work> make_work(const Step& step) const {
    Work work;
    work.action = step.action;
    work.type = step.type;
    work.mark = step.mark;
    work.live = step.live;
    if (step.action == Action::remove) return work;

    const Lookup known = [this](const Reference& reference) -> std::optional<Value> {
      const auto object = report_.known.find(reference.target);
      if (object == report_.known.end()) return std::nullopt;
      const Value& value = object->second[reference.attribute];
      return value.is_null() ? std::nullopt : std::optional<Value>(value);
    };
    Result<Value> desired = resolve(step.desired, known);
    if (!desired) return desired.fault();
    for (const Reference& missing : references(*desired))
      return error("'" + missing.target + "." + missing.attribute + "' is still not known",
                   "the cloud did not tell it; apply again");
    work.desired = *std::move(desired);
    const SpecKey key{step.mark.stack, step.mark.address};
    work.mark.spec = make_spec(step.type->schema, work.desired, key);
    if (step.action == Action::update) return with_changes(std::move(work), step, key);
    return work;
  }

  /// The final diff: values known after apply are known by now.
  static Result<Work> with_changes(Work work, const Step& step, const SpecKey& key) {
    for (const Change& change : diff(*step.type, work.desired, step.live, key)) {
      if (change.forces_replacement)
        return error("now that '" + change.attribute + "' is known to become " +
                         display(change.after) + ", it would have to be replaced",
                     "the plan did not announce that; apply again to see and approve it");
      work.changed.push_back(change.attribute);
    }
    const bool marks =
        step.live.mark && (step.type->marked == Marked::tags || !step.live.mark->spec.empty());
    if (marks && step.live.mark->spec != work.mark.spec) work.changed.emplace_back(kMark);
    return work;
  }

  void take(const Finished& finished) {
    const auto position = running_.find(finished.flow);
    if (position == running_.end()) return;
    const std::size_t step = position->second;
    running_.erase(position);
    if (const auto* why = std::get_if<Diagnostic>(&finished.result)) return fail(step, *why);
    done(step, std::get<Value>(finished.result));
  }

  void done(std::size_t index, const Value& outputs) {
    const Step& step = plan_.steps[index];
    StepResult& result = report_.results[index];
    result.outcome = Outcome::done;
    result.finished = runner_.now();
    result.id = outputs.is_null() ? step.live.id : std::string(outputs.text_at("id"));
    remember(step, outputs);
    tell(StepDone{index, result.id, result.finished - result.started});
    for (const std::size_t dependent : needed_by_[index])
      if (--missing_[dependent] == 0 && report_.results[dependent].outcome == Outcome::not_started)
        make_ready(dependent);
  }

  void remember(const Step& step, const Value& outputs) {
    if (step.action != Action::remove) {
      report_.known.insert_or_assign(step.address, outputs);
      return;
    }
    // A duplicate or the old half of a replacement is not what stands at this address.
    const auto known = report_.known.find(step.address);
    if (known != report_.known.end() && known->second.text_at("id") == step.live.id)
      report_.known.erase(known);
  }

  void fail(std::size_t index, Diagnostic why) {
    const Step& step = plan_.steps[index];
    why.address = step.address;
    if (why.location.line == 0) {
      const auto place = step.locations.find(why.path);
      why.location = place == step.locations.end() ? step.location : place->second;
    }
    StepResult& result = report_.results[index];
    result.outcome = Outcome::failed;
    result.finished = runner_.now();
    result.why = why;
    tell(StepFailed{index, std::move(why), result.finished - result.started});
    skip_dependents(index);
  }

  void skip_dependents(std::size_t root) {
    std::vector<std::size_t> blocked = {root};
    while (!blocked.empty()) {
      const std::size_t step = blocked.back();
      blocked.pop_back();
      for (const std::size_t dependent : needed_by_[step]) {
        StepResult& result = report_.results[dependent];
        if (result.outcome == Outcome::skipped) continue;
        result.outcome = Outcome::skipped;
        result.blocked_by = root;
        blocked.push_back(dependent);
      }
    }
  }

  /// Back from the step that ended last, each time to the need that ended last.
  std::vector<std::size_t> critical_path() const {
    const auto later = [this](std::size_t a, std::size_t b) {
      return report_.results[a].finished < report_.results[b].finished;
    };
    std::vector<std::size_t> ended;
    for (std::size_t i = 0; i < report_.results.size(); ++i)
      if (report_.results[i].outcome == Outcome::done ||
          report_.results[i].outcome == Outcome::failed)
        ended.push_back(i);
    std::vector<std::size_t> path;
    if (ended.empty()) return path;
    std::size_t step = *std::ranges::max_element(ended, later);
    path.push_back(step);
    while (!plan_.steps[step].needs.empty()) {
      step = *std::ranges::max_element(plan_.steps[step].needs, later);
      path.push_back(step);
    }
    std::ranges::reverse(path);
    return path;
  }

  template <class What>
  void tell(What what) {
    if (options_.listener) options_.listener({runner_.now(), std::move(what)});
  }

  const Plan& plan_;
  const Bindings& bindings_;
  Runner& runner_;
  const ExecuteOptions& options_;
  Report report_;
  Needs needed_by_;
  std::vector<std::size_t> missing_;  // needs of each step that are not done
  std::vector<double> remaining_;     // seconds of work that begin with each step
  std::set<std::pair<double, std::size_t>> ready_;
  std::map<FlowId, std::size_t> running_;
};

}  // namespace

bool Report::succeeded() const {
  return std::ranges::all_of(results,
                             [](const StepResult& r) { return r.outcome == Outcome::done; });
}

std::size_t Report::count(Outcome outcome) const {
  return static_cast<std::size_t>(std::ranges::count(results, outcome, &StepResult::outcome));
}

Report execute(const Plan& plan, const Bindings& bindings, Runner& runner,
               const ExecuteOptions& options) {
  return Execution(plan, bindings, runner, options).run();
}

}  // namespace stackctl::engine
