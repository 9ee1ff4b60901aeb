#include "engine/executor.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "engine/bound.h"
#include "engine/command_words.h"
#include "engine/graph.h"
#include "engine/step_fault.h"
#include "engine/step_work.h"
#include "stackctl/crypto.h"
#include "stackctl/text.h"

namespace stackctl::engine {
namespace {

constexpr Duration kTick = std::chrono::seconds{1};
constexpr Duration kCommandTick = std::chrono::milliseconds{100};  // they are asked, not heard

Duration typical(const Step& step) {
  return step.action == Action::remove ? step.type->typical_removal : step.type->typical;
}

double weight(const Step& step) {
  return step.implied ? 0 : std::chrono::duration<double>(typical(step)).count();
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
    sent_before_ = runner.dispatcher().attempts_by_lane();
    ready_.resize(bindings.size());
    for (std::size_t i = 0; i < count; ++i)
      if (plan.steps[i].action == Action::remove) leaving_[plan.steps[i].address].push_back(i);
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
    runner_.on_turn([this] { start_ready(); });
    while (!stopped()) {
      start_ready();
      take_ended_commands();
      if (next_binding()) continue;
      if (running_.empty() && commands_under_way_.empty()) break;
      const Duration tick = commands_under_way_.empty() ? kTick : kCommandTick;
      const std::optional<Finished> finished = runner_.wait(runner_.now() + tick);
      if (finished)
        take(*finished);
      else
        tell(Tick{});
    }
    runner_.on_waiting({});
    runner_.on_turn({});
    report_.finished = runner_.now();
    report_.critical_path = critical_path(plan_, report_.results);
    report_.rate_bound = rate_bound(sent_before_, runner_.dispatcher().attempts_by_lane());
    return std::move(report_);
  }

 private:
  int interrupts() const { return options_.interrupts ? options_.interrupts() : 0; }

  /// Stopped now, with calls in flight.
  bool stopped() {
    const int asked = interrupts();
    if (asked > 0 && !std::exchange(report_.interrupted, true)) {
      tell(Stopping{});
      runner_.stop_idling();
    }
    if (asked < 2) return false;
    runner_.dispatcher().cancel_all();
    if (options_.commands != nullptr) options_.commands->cancel_all();
    for (const std::size_t step : commands_under_way_) {
      report_.results[step].outcome = Outcome::cut_short;
      report_.results[step].finished = runner_.now();
    }
    for (const auto& [flow, step] : running_) {
      report_.results[step].outcome = Outcome::cut_short;
      report_.results[step].finished = runner_.now();
    }
    return true;
  }

  /// One with a step that can start. Who would only queue for a full lane starts later, so that
  /// the most urgent step is chosen as late as possible.
  std::optional<std::size_t> next_binding() const {
    if (report_.interrupted || running_.size() >= options_.parallelism) return std::nullopt;
    for (std::size_t i = 0; i < ready_.size(); ++i)
      if (!ready_[i].empty() &&
          !runner_.dispatcher().is_full(*bindings_[i].connection, Access::write))
        return i;
    return std::nullopt;
  }

  void make_ready(std::size_t step) {
    ready_[plan_.steps[step].binding].emplace(-remaining_[step], step);
  }

  void start_ready() {
    while (const std::optional<std::size_t> binding = next_binding()) {
      std::set<std::pair<double, std::size_t>>& ready = ready_[*binding];
      const std::size_t step = ready.begin()->second;
      ready.erase(ready.begin());
      start(step);
    }
  }

  void start(std::size_t index) {
    const Step& step = plan_.steps[index];
    StepResult& result = report_.results[index];
    result.started = runner_.now();
    if (step.implied) return done(index, {});
    tell(StepStarted{index});
    if (step.action == Action::run) return run_hook(index);
    Result<Work> work = make_work(step);
    if (!work) return fail(index, work.fault());
    start_flow(index, *std::move(work));
  }

  void start_flow(std::size_t index, Work work) {
    const Step& step = plan_.steps[index];
    FlowOptions options;
    options.type = step.type;
    options.priority = remaining_[index];
    options.timeout = step.timeout.value_or(step.type->timeout);
    options.typical = typical(step);
    options.family = family_of(work);
    const Connection& connection = *bindings_[step.binding].connection;
    const FlowId flow = runner_.start(connection, connection.carry_out(std::move(work)), options);
    running_.emplace(flow, index);
  }

  static std::string family_of(const Work& work) {
    if (work.type->marked != Marked::parent) return work.mark.address;
    const Value& attributes = work.action == Action::remove ? work.live.attributes : work.desired;
    return std::string(attributes.text_at(work.type->parent));
  }

  void run_hook(std::size_t index) {
    const Hook& hook = *plan_.steps[index].hook;
    Result<Value> values = known(Value(List{hook.command, hook.environment}));
    if (!values) return fail(index, values.fault());
    if (options_.commands == nullptr)
      return fail(index, error("no command can be run here: " + hook.name));
    const Result<Command> command = command_of(values->items()[0], values->items()[1]);
    if (!command) return fail(index, command.fault());
    commands_under_way_.insert(index);
    options_.commands->start(index, *command);
  }

  void take_ended_commands() {
    if (commands_under_way_.empty()) return;
    while (std::optional<Ended> ended = options_.commands->ended()) {
      if (commands_under_way_.erase(ended->id) == 0) continue;
      const std::string& printed = ended->output ? *ended->output : ended->printed;
      if (!printed.empty()) tell(StepPrinted{ended->id, printed});
      if (ended->output)
        hook_done(ended->id);
      else
        fail(ended->id, ended->output.fault());
    }
  }

  /// The mark on the object owes the hook until it is written anew.
  void hook_done(std::size_t index) {
    const Step& step = plan_.steps[index];
    if (step.hook->before || step.flags.find(flag::kHookOwed) != std::string::npos)
      return done(index, {});
    Step settle = step;
    settle.action = Action::update;
    if (const auto object = report_.known.find(step.address); object != report_.known.end()) {
      settle.live = made(step);
      settle.live.mark->spec.clear();
    }
    Result<Work> work = make_work(settle);
    if (!work) return fail(index, work.fault());
    work->changed = {std::string(kMark)};
    start_flow(index, *std::move(work));
  }

  Result<Work> make_work(const Step& step) const {
    Work work;
    work.action = step.action;
    work.type = step.type;
    work.mark = step.mark;
    work.may_be_under_way = step.may_be_under_way;
    work.live = step.undoes ? made(step) : step.live;
    if (step.action == Action::remove) return without_protection(std::move(work));

    Result<Value> desired = known(step.desired);
    if (!desired) return desired.fault();
    work.desired = *std::move(desired);
    const SpecKey key{step.mark.stack, step.mark.address, options_.digests};
    work.mark.spec = make_spec(step.type->schema, work.desired, key, step.flags);
    if (step.action == Action::update) return with_changes(std::move(work), step, key);
    note_late(work, step, key);
    work.known_ids = known_ids(step);
    work.token = token_of(work.mark);
    return work;
  }

  /// No two steps that make the same object begin at the same moment.
  std::string token_of(const Mark& mark) const {
    constexpr std::size_t length = 32;
    const auto moment = std::to_string(runner_.now().time_since_epoch().count());
    return crypto::hex(crypto::sha256(mark.stack + '\n' + mark.address + '\n' + moment))
        .substr(0, length);
  }

  /// What stands at the step's address and is to go. Ids of what is gone may be given anew: names.
  std::vector<std::string> known_ids(const Step& step) const {
    std::vector<std::string> ids;
    const auto leaving = leaving_.find(step.address);
    if (leaving == leaving_.end()) return ids;
    for (const std::size_t other : leaving->second)
      if (plan_.steps[other].type == step.type && report_.results[other].outcome != Outcome::done)
        ids.push_back(plan_.steps[other].live.id);
    return ids;
  }

  /// `value` with the references filled in by what is there by now.
  Result<Value> known(const Value& value) const {
    const Lookup lookup = [this](const Reference& reference) -> std::optional<Value> {
      const auto object = report_.known.find(reference.target);
      if (object == report_.known.end()) return std::nullopt;
      const Value& found = object->second[reference.attribute];
      return found.is_null() ? std::nullopt : std::optional<Value>(found);
    };
    Result<Value> resolved = resolve(value, lookup);
    if (!resolved) return resolved;
    for (const Reference& missing : references(*resolved))
      return error("'" + missing.target + "." + missing.attribute + "' is still not known",
                   "the cloud did not tell it; apply again");
    return resolved;
  }

  /// What an earlier step of this run made at the step's address.
  LiveObject made(const Step& step) const {
    LiveObject live;
    live.type = step.type;
    live.mark = step.mark;
    if (const auto object = report_.known.find(step.address); object != report_.known.end())
      live.attributes = object->second;
    live.id = live.attributes.text_at("id");
    return live;
  }

  void take(const Finished& finished) {
    const auto position = running_.find(finished.flow);
    if (position == running_.end()) return;
    const std::size_t step = position->second;
    running_.erase(position);
    if (const auto* why = std::get_if<Diagnostic>(&finished.result))
      return fail(step, with_account(*why, *bindings_[plan_.steps[step].binding].connection));
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
    if (step.action == Action::run && (step.hook->before || outputs.is_null())) return;
    if (step.action != Action::remove)
      return static_cast<void>(report_.known.insert_or_assign(step.address, outputs));
    // A duplicate or the old half of a replacement is not what stands at this address.
    const auto known = report_.known.find(step.address);
    if (known != report_.known.end() && known->second.text_at("id") == step.live.id)
      report_.known.erase(known);
  }

  void fail(std::size_t index, Diagnostic why) {
    const Step& step = plan_.steps[index];
    why.address = step.address;
    if (why.location.line == 0) why.location = place_of(step, why.path);
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
  std::vector<std::set<std::pair<double, std::size_t>>> ready_;             // by binding
  std::unordered_map<std::string_view, std::vector<std::size_t>> leaving_;  // by address
  LaneCounts sent_before_;
  std::map<FlowId, std::size_t> running_;
  std::set<std::size_t> commands_under_way_;
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
