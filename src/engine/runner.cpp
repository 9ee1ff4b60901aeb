#include "engine/runner.h"

#include <algorithm>
#include <utility>

#include "stackctl/text.h"

namespace stackctl::engine {
Runner::Runner(Transport& transport, std::uint64_t seed, RetryPolicy policy, Pace pace)
    : dispatcher_(transport, policy, seed), pace_(pace) {}

FlowId Runner::start(const Connection& connection, std::unique_ptr<Flow> flow,
                     FlowOptions options) {
  const FlowId id = ++last_flow_;
  Task task;
  task.connection = &connection;
  task.flow = std::move(flow);
  task.deadline = now() + options.timeout;
  task.options = options;
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
    const Time until = next_timer(deadline);
    const std::optional<Answer> answer = dispatcher_.wait(until);
    if (!answer) {
      if (now() >= deadline || now() < until) return std::nullopt;
      continue;
    }
    const auto sent = sent_.find(answer->ticket);
    if (sent == sent_.end()) continue;  // its flow has timed out
    const FlowId id = sent->second;
    sent_.erase(sent);
    advance(id, {&answer->reply, &answer->judgement, nullptr, {}});
  }
}

void Runner::advance(FlowId id, const Seen& seen) {
  const auto position = tasks_.find(id);
  if (position == tasks_.end()) return;
  Task& task = position->second;
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
  paused_.emplace(now() + (pause.delay ? *pause.delay : next_interval(task)), id);
}

void Runner::take(FlowId id, Task& task, Watch&& watch) {
  announce(id, task, watch.waiting_for);
  task.is_it = std::move(watch.is_it);
  task.watched_id = std::move(watch.id);
  Watchers& watchers = watchers_[{task.connection, task.options.type->listing}];
  const Time due = now() + next_interval(task);
  watchers.due = watchers.waiting.empty() ? due : std::min(watchers.due, due);
  watchers.waiting.push_back(id);
}

Duration Runner::next_interval(Task& task) const {
  const Duration typical = task.options.type ? task.options.type->typical : Duration{0};
  const Duration longest = std::clamp(typical / pace_.share, pace_.least, pace_.most);
  task.interval =
      task.interval == Duration{0} ? pace_.first : std::min(task.interval * 3 / 2, longest);
  return task.interval;
}

void Runner::announce(FlowId id, Task& task, const std::string& waiting_for) {
  if (task.waiting_for == waiting_for) return;
  task.waiting_for = waiting_for;
  task.interval = Duration{0};  // what it waits for now may be there already
  if (waiting_ && !listings_.contains(id)) waiting_(id, waiting_for);
}

void Runner::finish(FlowId id, std::variant<Value, Diagnostic> result) {
  const auto task = tasks_.find(id);
  const auto [first, last] = deadlines_.equal_range(task->second.deadline);
  deadlines_.erase(
      std::find_if(first, last, [&](const auto& entry) { return entry.second == id; }));
  tasks_.erase(task);
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
  for (auto& [key, watchers] : watchers_)
    if (!watchers.waiting.empty() && watchers.looking.empty() && watchers.due <= now)
      look(key, watchers);
  expire(now);
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
  start(*key.first, key.first->list(key.second), {nullptr, priority, timeout});
}

void Runner::show(const WatchKey& key, const std::variant<Value, Diagnostic>& listed) {
  const std::vector<FlowId> looking = std::exchange(watchers_[key].looking, {});
  std::map<const ResourceType*, Listed> decoded;
  for (const FlowId id : looking) {
    const auto position = tasks_.find(id);
    if (position == tasks_.end()) continue;
    if (const auto* fault = std::get_if<Diagnostic>(&listed)) {
      finish(id, *fault);
      continue;
    }
    const ResourceType* type = position->second.options.type;
    auto [entry, is_new] = decoded.try_emplace(type);
    if (is_new) entry->second = decode(*key.first, *type, std::get<Value>(listed));
    const Listed& all = entry->second;
    advance(id, {nullptr, nullptr, watched(position->second, all), all.objects});
  }
}

Runner::Listed Runner::decode(const Connection& connection, const ResourceType& type,
                              const Value& listed) {
  Listed all;
  Diagnostics malformed;  // told once, by the refresh
  all.objects = connection.decode(type, listed, malformed);
  for (const LiveObject& object : all.objects) all.by_id.emplace(object.id, &object);
  return all;
}

const LiveObject* Runner::watched(const Task& task, const Listed& listed) {
  if (!task.watched_id.empty()) {
    const auto found = listed.by_id.find(task.watched_id);
    return found == listed.by_id.end() ? nullptr : found->second;
  }
  const auto found = std::ranges::find_if(listed.objects, task.is_it);
  return found == listed.objects.end() ? nullptr : &*found;
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

Time Runner::next_timer(Time deadline) const {
  Time next = deadline;
  if (!paused_.empty()) next = std::min(next, paused_.begin()->first);
  if (!deadlines_.empty()) next = std::min(next, deadlines_.begin()->first);
  for (const auto& [key, watchers] : watchers_)
    if (!watchers.waiting.empty() && watchers.looking.empty()) next = std::min(next, watchers.due);
  return next;
}

}  // namespace stackctl::engine
