#include "engine/runner.h"

#include <algorithm>
#include <utility>

#include "stackctl/text.h"

namespace stackctl::engine {
namespace {

constexpr Duration kLoginTimeout = std::chrono::minutes{5};

}  // namespace

Runner::Runner(Transport& transport, std::uint64_t seed, RetryPolicy policy, Pace pace)
    : dispatcher_(transport, policy, seed), pace_(pace) {}

FlowId Runner::start(const Connection& connection, std::unique_ptr<Flow> flow,
                     FlowOptions options) {
  const FlowId id = ++last_flow_;
  Task task;
  task.connection = &connection;
  task.flow = std::move(flow);
  task.deadline = now() + options.timeout;
  task.options = std::move(options);
  deadlines_.emplace(task.deadline, id);
  tasks_.emplace(id, std::move(task));
  advance(id, {});
  return id;
}

std::optional<Finished> Runner::wait(Time deadline) {
  while (true) {
    fire_timers(now());
    if (!finished_.empty()) {
      Finished finished = std::move(finished_.front());
      finished_.pop_front();
      return finished;
    }
    if (turn_) turn_();
    if (!finished_.empty()) continue;
    const Time until = next_timer(deadline);
    const std::optional<Answer> answer = dispatcher_.wait(until);
    if (!answer) {
      if (log_in()) continue;
      if (now() >= deadline || now() < until) return std::nullopt;
      continue;
    }
    const auto sent = sent_.find(answer->ticket);
    if (sent == sent_.end()) continue;  // its flow has timed out
    const FlowId id = sent->second;
    sent_.erase(sent);
    take(id, *answer);
    // Answers that never end must not keep the caller from its other work.
    if (finished_.empty() && now() >= deadline) return std::nullopt;
  }
}

/// Whoever waits for the login of a connection waits for this one.
bool Runner::log_in() {
  const Connection* const connection = dispatcher_.begin_login();
  if (connection == nullptr) return false;
  std::unique_ptr<Flow> flow = connection->log_in();
  if (flow == nullptr) {
    dispatcher_.end_login(*connection, error("there is no way to"));
    return true;
  }
  // Known as a login before it starts: a flow may end within `start`.
  logins_.emplace(last_flow_ + 1, connection);
  start(*connection, std::move(flow), {nullptr, 0, kLoginTimeout});
  return true;
}

void Runner::take(FlowId id, const Answer& answer) {
  if (answer.login_fault && tasks_.contains(id)) return finish(id, *answer.login_fault);
  advance(id, {&answer.reply, &answer.judgement, nullptr, {}});
}

void Runner::advance(FlowId id, const Seen& seen) {
  const auto position = tasks_.find(id);
  if (position == tasks_.end()) return;
  Task& task = position->second;
  task.is_idle = false;
  Next next = task.flow->next(seen);
  if (auto* send = std::get_if<Send>(&next)) return take(id, task, std::move(*send));
  if (auto* pause = std::get_if<Pause>(&next)) return take(id, task, std::move(*pause));
  if (auto* watch = std::get_if<Watch>(&next)) return take(id, task, std::move(*watch));
  if (auto* done = std::get_if<Done>(&next)) return finish(id, std::move(done->outputs));
  finish(id, std::move(std::get<Fail>(next).why));
}

void Runner::take(FlowId id, Task& task, Send&& send) {
  if (send.call.access == Access::write) task.interval = Duration{0};
  sent_.emplace(dispatcher_.submit(*task.connection, std::move(send.call), task.options.priority),
                id);
}

void Runner::take(FlowId id, Task& task, Pause&& pause) {
  announce(id, task, pause.waiting_for);
  task.is_idle = pause.is_idle;
  if (task.is_idle && is_stopping_) return give_up_waiting(id, task);
  if (pause.delay) {
    paused_.emplace(now() + *pause.delay, id);
    return;
  }
  const bool is_first = task.interval == Duration{0};
  Duration interval = next_interval(task);
  // While changes queue there is no hurry: the first look is when it should be done, and who takes
  // long is not asked so often that others wait for their turn.
  if (task.options.typical > Duration{0} &&
      dispatcher_.is_held_back(*task.connection, Access::write)) {
    const Duration typical = std::min(task.options.typical, pace_.patience);
    interval = std::max(interval, is_first ? typical : typical / 4);
    task.interval = std::max(task.interval, pace_.least);
  }
  polls_[task.connection].due.emplace(now() + interval, id);
}

void Runner::take(FlowId id, Task& task, Watch&& watch) {
  announce(id, task, watch.waiting_for);
  task.sought = {std::move(watch.id), task.options.family, std::move(watch.is_it)};
  Watchers& watchers = watchers_[{task.connection, task.options.type->listing}];
  const Time due = now() + next_interval(task);
  watchers.due = watchers.waiting.empty() ? due : std::min(watchers.due, due);
  watchers.waiting.push_back(id);
}

Duration Runner::next_interval(Task& task) const {
  const Duration longest = std::clamp(task.options.typical / pace_.share, pace_.least, pace_.most);
  task.interval =
      task.interval == Duration{0} ? pace_.first : std::min(task.interval * 3 / 2, longest);
  return task.interval;
}

void Runner::announce(FlowId id, Task& task, const std::string& waiting_for) {
  if (task.waiting_for == waiting_for) return;
  task.waiting_for = waiting_for;
  task.interval = Duration{0};  // what it waits for now may be there already
  if (waiting_ && !listings_.contains(id) && !logins_.contains(id)) waiting_(id, waiting_for);
}

void Runner::finish(FlowId id, std::variant<Value, Diagnostic> result) {
  const auto task = tasks_.find(id);
  deadlines_.erase({task->second.deadline, id});
  tasks_.erase(task);
  if (const auto login = logins_.extract(id)) {
    const auto* const fault = std::get_if<Diagnostic>(&result);
    dispatcher_.end_login(*login.mapped(), fault == nullptr ? std::nullopt : std::optional(*fault));
    return;
  }
  const auto listing = listings_.find(id);
  if (listing == listings_.end()) {
    finished_.push_back({id, std::move(result)});
    return;
  }
  const WatchKey key = listing->second;
  listings_.erase(listing);
  show(key, result);
}

void Runner::fire_timers(Time now) {
  while (!paused_.empty() && paused_.begin()->first <= now) {
    const FlowId id = paused_.begin()->second;
    paused_.erase(paused_.begin());
    advance(id, {});
  }
  for (auto& [connection, polls] : polls_) fire_polls(*connection, polls, now);
  for (auto& [key, watchers] : watchers_)
    if (may_look(watchers) && next_look(key, watchers) <= now) look(key, watchers);
  expire(now);
}

void Runner::fire_polls(const Connection& connection, Polls& polls, Time now) {
  const double rate = pace_.polls * dispatcher_.rate(connection, Access::read);
  const auto in_seconds = [](double count) {
    return std::chrono::duration_cast<Duration>(std::chrono::duration<double>(count));
  };
  while (!polls.due.empty() && polls.due.begin()->first <= now && polls.next <= now) {
    const FlowId id = polls.due.begin()->second;
    polls.due.erase(polls.due.begin());
    if (!tasks_.contains(id)) continue;
    const Time earliest = now - in_seconds(pace_.polls_at_once / rate);
    polls.next = std::max(polls.next, earliest) + in_seconds(1 / rate);
    advance(id, {});
  }
}

bool Runner::may_look(const Watchers& watchers) const {
  return !watchers.waiting.empty() && watchers.looking.empty();
}

Time Runner::next_look(const WatchKey& key, const Watchers& watchers) const {
  if (!dispatcher_.is_held_back(*key.first, Access::write)) return watchers.due;
  const Duration rest = pace_.busy + pace_.busy_object * watchers.objects;
  return std::max(watchers.due, watchers.last + rest);
}

void Runner::look(const WatchKey& key, Watchers& watchers) {
  watchers.looking = std::exchange(watchers.waiting, {});
  double priority = 0;
  Duration timeout{0};
  for (const FlowId id : watchers.looking) {
    const auto task = tasks_.find(id);
    if (task == tasks_.end()) continue;
    priority = std::max(priority, task->second.options.priority);
    timeout = std::max(timeout, task->second.options.timeout);
  }
  // Known as a listing before it starts: a flow may end within `start`.
  listings_.emplace(last_flow_ + 1, key);
  start(*key.first, key.first->list(key.second, {}), {nullptr, priority, timeout});
}

void Runner::show(const WatchKey& key, const std::variant<Value, Diagnostic>& listed) {
  Watchers& watchers = watchers_[key];
  std::map<const ResourceType*, std::vector<FlowId>> looking;
  for (const FlowId id : std::exchange(watchers.looking, {})) {
    const auto task = tasks_.find(id);
    if (task == tasks_.end()) continue;
    if (const auto* fault = std::get_if<Diagnostic>(&listed))
      finish(id, *fault);
    else
      looking[task->second.options.type].push_back(id);
  }
  std::size_t objects = 0;
  for (const auto& [type, flows] : looking)
    objects += show(*key.first, *type, flows, std::get<Value>(listed));
  watchers.last = now();
  watchers.objects = objects;
}

/// Returns how many objects there are. Where something cannot be read, nothing can be said to be
/// gone. Warnings were told by the refresh.
std::size_t Runner::show(const Connection& connection, const ResourceType& type,
                         const std::vector<FlowId>& looking, const Value& listed) {
  Diagnostics malformed;
  std::vector<LiveObject> objects = connection.decode(type, listed, malformed);
  if (has_errors(malformed)) {
    const Diagnostic& why = *std::ranges::find(malformed, Severity::error, &Diagnostic::severity);
    for (const FlowId id : looking) finish(id, why);
    return objects.size();
  }
  const std::size_t count = objects.size();
  std::vector<Sought> wanted;
  wanted.reserve(looking.size());
  for (const FlowId id : looking) wanted.push_back(std::move(tasks_.at(id).sought));
  Sight sight(type, std::move(objects), wanted);
  for (std::size_t i = 0; i < looking.size(); ++i)
    advance(looking[i], {nullptr, nullptr, sight.find(wanted[i]), sight.family_of(wanted[i])});
  return count;
}

void Runner::expire(Time now) {
  while (!deadlines_.empty() && deadlines_.begin()->first <= now) {
    const FlowId id = deadlines_.begin()->second;
    const Task& task = tasks_.at(id);
    const std::string waiting_for = task.waiting_for.empty() ? "an answer" : task.waiting_for;
    finish(id, error("timed out after " + display(task.options.timeout) + ", waiting for " +
                         waiting_for,
                     "the cloud may still be at work; apply again to go on from there"));
  }
}

void Runner::stop_idling() {
  is_stopping_ = true;
  std::vector<FlowId> idle;
  for (const auto& [id, task] : tasks_)
    if (task.is_idle) idle.push_back(id);
  for (const FlowId id : idle) give_up_waiting(id, tasks_.at(id));
}

void Runner::give_up_waiting(FlowId id, const Task& task) {
  finish(id, error("interrupted while waiting for " + task.waiting_for,
                   "nothing of it is under way; the next run goes on from there"));
}

Time Runner::next_timer(Time deadline) const {
  Time next = deadline;
  if (!paused_.empty()) next = std::min(next, paused_.begin()->first);
  if (!deadlines_.empty()) next = std::min(next, deadlines_.begin()->first);
  for (const auto& [connection, polls] : polls_)
    if (!polls.due.empty()) next = std::min(next, std::max(polls.due.begin()->first, polls.next));
  for (const auto& [key, watchers] : watchers_)
    if (may_look(watchers)) next = std::min(next, next_look(key, watchers));
  return next;
}

}  // namespace stackctl::engine
