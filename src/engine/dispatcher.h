// Gets calls through: lanes, signing at every attempt, retries with jittered back-off and a budget.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "engine/events.h"
#include "engine/logins.h"
#include "engine/transport.h"
#include "stackctl/flow.h"
#include "stackctl/provider.h"

namespace stackctl::engine {

struct RetryPolicy {
  int attempts = 8;
  Duration base = std::chrono::milliseconds{500};
  Duration cap = std::chrono::seconds{20};
  /// Retries that may be spent beyond those earned: an answered call earns half a retry.
  double budget = 100;
  /// For how long a call is repeated that comes too early (roles, addresses and names take minutes
  /// to be known everywhere). That burdens nobody, so neither attempts nor budget count for it.
  Duration patience = std::chrono::minutes{3};
};

/// An answer, after retries.
struct Answer {
  Ticket ticket = 0;
  http::Reply reply;
  Judgement judgement;
  std::optional<Diagnostic> login_fault = {};  ///< why the call was not even sent
};

/// One attempt, for traces and `--stats`.
struct Attempt {
  std::string operation;
  std::string method;
  std::string url;
  Access access = Access::read;
  Time started{};
  Time finished{};
  int status = 0;
  Verdict verdict = Verdict::ok;
  std::size_t sent_bytes = 0;
  std::size_t received_bytes = 0;
};

/// Requests in each lane.
using LaneCounts = std::map<std::pair<const Connection*, Access>, std::size_t>;

class Dispatcher {
 public:
  using Observe = std::function<void(const Attempt&)>;

  /// `seed` feeds the jitter only.
  Dispatcher(Transport& transport, RetryPolicy policy, std::uint64_t seed);

  /// Refuses every call of `Access::write` from now on; logging in changes nothing.
  void forbid_writes() { writes_forbidden_ = true; }
  void on_attempt(Observe observe) { observe_ = std::move(observe); }
  void on_retry(Listener listener) { listener_ = std::move(listener); }

  /// Queues a call. Of the calls in one lane, those of higher priority go first.
  Ticket submit(const Connection& connection, Call call, double priority);

  /// The next answer, or nothing when `deadline` came first, the transport was interrupted, or
  /// calls wait for a login that nobody has begun.
  std::optional<Answer> wait(Time deadline);

  /// A connection whose calls wait for a login. It is the caller who carries it out. Null: none.
  const Connection* begin_login() { return logins_.begin(); }
  /// The calls that wait go out, or fail with all later ones of the connection.
  void end_login(const Connection& connection, const std::optional<Diagnostic>& fault);

  /// Requests sent so far, repeats included.
  std::size_t attempts() const { return attempts_; }
  /// The same by lane.
  LaneCounts attempts_by_lane() const;

  /// The present limit of a lane, in calls a second.
  double rate(const Connection& connection, Access access) const;
  /// Whether calls of the lane are held back by its rate.
  bool is_held_back(const Connection& connection, Access access) const;
  /// Whether as many calls are queued as may be in flight: more would only grow old there.
  bool is_full(const Connection& connection, Access access) const;

  void cancel_all();
  Time now() const { return transport_.now(); }

 private:
  struct Pending {
    const Connection* connection;
    Call call;
    double priority;
    int attempt = 0;
    int logins_refused = 0;
    int too_early = 0;  ///< attempts for which it was
    Time early_since{};
    Time sent{};
  };
  struct LaneState {
    Lane limit;
    std::size_t in_flight = 0;
    std::size_t attempts = 0;
    double rate = 0;  ///< the present limit; falls when throttled
    double tokens = 0;
    Time refilled{};                                      ///< when `tokens` were counted
    std::multimap<double, Ticket, std::greater<>> ready;  ///< by priority
    std::multimap<Time, Ticket> embargoed;
  };
  using LaneKey = std::pair<const Connection*, Access>;

  LaneState& lane_of(const Pending& pending);
  const LaneState* find_lane(const Connection& connection, Access access) const;
  static double tokens_at(const LaneState& lane, Time now);
  void admit(Time now);
  void admit(const LaneKey& key, LaneState& lane, Time now);
  bool may_start(const LaneKey& key, const LaneState& lane, Time now);
  void start(LaneState& lane, Time now);
  void refuse(Ticket ticket, const Diagnostic& login_fault);
  void fail_waiting(const Connection& connection, const Diagnostic& login_fault);
  Time next_start(Time deadline);
  std::optional<Answer> settle(Arrival arrival);
  std::optional<Duration> retry_delay(Pending& pending, const http::Reply& reply, Verdict verdict);
  std::optional<Duration> delay_after_refusal(Pending& pending);
  std::optional<Duration> delay_of_too_early(Pending& pending, const http::Reply& reply);
  int most_attempts(const Call& call, const http::Reply& reply) const;
  Duration back_off(int attempt);
  void adapt(LaneState& lane, Verdict verdict);
  void report(const Pending& pending, const http::Reply& reply, Verdict verdict);

  Transport& transport_;
  RetryPolicy policy_;
  double budget_;
  std::minstd_rand random_;
  Ticket last_ticket_ = 0;
  std::size_t attempts_ = 0;
  std::map<Ticket, Pending> pending_;
  std::map<LaneKey, LaneState> lanes_;
  std::deque<Answer> refused_;
  Logins logins_;
  bool writes_forbidden_ = false;
  Observe observe_;
  Listener listener_;
};

}  // namespace stackctl::engine
