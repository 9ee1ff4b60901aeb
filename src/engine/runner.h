// Runs flows: hands each what it asked for, until it is done. One thread, one loop.
#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/dispatcher.h"
#include "engine/sight.h"
#include "stackctl/flow.h"
#include "stackctl/provider.h"

namespace stackctl::engine {

using FlowId = std::uint64_t;

/// A flow that came to its end. Where logging in failed, with that fault.
struct Finished {
  FlowId flow = 0;
  std::variant<Value, Diagnostic> result;
};

struct FlowOptions {
  const ResourceType* type = nullptr;  ///< what its `Watch` lists; null: it never watches
  double priority = 0;                 ///< higher goes first: seconds of work behind it
  Duration timeout = std::chrono::minutes{20};
  Duration typical{};  ///< how long it takes, as a rule; zero: nobody knows
  /// The address in the mark of what it watches for, or, where parents bear the mark, the parent's
  /// id. Empty: unknown, so that it is shown everything.
  std::string family = {};
};

/// How often a flow that waits for the cloud looks again: early at first, so that a fast cloud is
/// fast, then half as long again each time, up to a share of what it typically takes. Who
/// waits gets a share of the rate of reads, and does not look often while changes queue for their
/// own: what it would see could start nothing sooner.
struct Pace {
  Duration first = std::chrono::milliseconds{100};
  Duration least = std::chrono::seconds{1};  ///< bounds of the longest interval
  Duration most = std::chrono::seconds{5};
  int share = 12;       ///< the longest interval is typical / share
  double polls = 0.75;  ///< share of the rate of reads
  double polls_at_once = 20;
  Duration patience = std::chrono::minutes{1};  ///< while changes queue: at most, to the first look
  Duration busy = std::chrono::seconds{1};      ///< between listings while changes queue
  Duration busy_object = std::chrono::milliseconds{1};  ///< and more for each object listed
};

class Runner {
 public:
  using Waiting = std::function<void(FlowId, const std::string& waiting_for)>;
  using Turn = std::function<void()>;

  Runner(Transport& transport, std::uint64_t seed, RetryPolicy policy = {}, Pace pace = {});

  FlowId start(const Connection& connection, std::unique_ptr<Flow> flow, FlowOptions options);

  /// The next flow that ends, or nothing when `deadline` came first or the wait was interrupted.
  std::optional<Finished> wait(Time deadline);

  void on_waiting(Waiting waiting) { waiting_ = std::move(waiting); }
  /// From now on no flow waits while nothing is under way (`Pause::is_idle`): it fails.
  void stop_idling();
  /// `turn` is called before every wait for an answer: there may be room for more flows.
  void on_turn(Turn turn) { turn_ = std::move(turn); }
  Dispatcher& dispatcher() { return dispatcher_; }
  Time now() const { return dispatcher_.now(); }
  bool idle() const { return tasks_.empty(); }

 private:
  struct Task {
    const Connection* connection;
    std::unique_ptr<Flow> flow;
    FlowOptions options;
    Time deadline{};
    std::string waiting_for;
    bool is_idle = false;  ///< in a pause with nothing under way
    Sought sought;         ///< while it watches
    Duration interval{};   ///< before the last look; zero after a change
  };
  /// Flows that ask again and again, the most urgent first.
  struct Polls {
    std::multimap<Time, FlowId> due;
    Time next{};  ///< when the rate lets one more through
  };
  /// Everybody who waits for the next listing of one kind.
  struct Watchers {
    std::vector<FlowId> waiting;  ///< for a listing that has not begun
    std::vector<FlowId> looking;  ///< for the one under way
    Time due{};                   ///< when the next one begins
    Time last{};                  ///< when the last one was shown
    std::size_t objects = 0;      ///< in that one
  };
  using WatchKey = std::pair<const Connection*, std::string_view>;

  void take(FlowId id, const Answer& answer);
  void advance(FlowId id, const Seen& seen);
  void take(FlowId id, Task& task, Send&& send);
  void take(FlowId id, Task& task, Pause&& pause);
  void take(FlowId id, Task& task, Watch&& watch);
  void finish(FlowId id, std::variant<Value, Diagnostic> result);
  void announce(FlowId id, Task& task, const std::string& waiting_for);
  void fire_timers(Time now);
  void look(const WatchKey& key, Watchers& watchers);
  void show(const WatchKey& key, const std::variant<Value, Diagnostic>& listed);
  std::size_t show(const Connection& connection, const ResourceType& type,
                   const std::vector<FlowId>& looking, const Value& listed);
  void fire_polls(const Connection& connection, Polls& polls, Time now);
  bool may_look(const Watchers& watchers) const;
  Time next_look(const WatchKey& key, const Watchers& watchers) const;
  void expire(Time now);
  void give_up_waiting(FlowId id, const Task& task);
  bool log_in();
  Time next_timer(Time deadline) const;

  Duration next_interval(Task& task) const;

  Dispatcher dispatcher_;
  Pace pace_;
  bool is_stopping_ = false;
  FlowId last_flow_ = 0;
  std::map<FlowId, Task> tasks_;
  std::map<Ticket, FlowId> sent_;
  std::multimap<Time, FlowId> paused_;
  std::map<const Connection*, Polls> polls_;
  std::set<std::pair<Time, FlowId>> deadlines_;
  std::map<WatchKey, Watchers> watchers_;
  std::map<FlowId, WatchKey> listings_;         ///< list flows on behalf of watchers
  std::map<FlowId, const Connection*> logins_;  ///< on behalf of all calls of the connection
  std::deque<Finished> finished_;
  Waiting waiting_;
  Turn turn_;
};

}  // namespace stackctl::engine
