#include "engine/dispatcher.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

namespace stackctl::engine {
namespace {

constexpr double kSlowest = 0.5;     // calls a second, however often a lane is throttled
constexpr double kRecovery = 0.02;   // of the limit, for each answer that was not throttled
constexpr double kEarned = 0.5;      // retries, for each call that was answered
constexpr int kConnectAttempts = 4;  // a wrong address should be told soon
constexpr int kLogins = 3;           // anew, for one call

// Before all others, which wait for it.
constexpr double kLoginPriority = std::numeric_limits<double>::infinity();

double seconds(Duration duration) { return std::chrono::duration<double>(duration).count(); }

Duration from_seconds(double value) {
  return std::chrono::duration_cast<Duration>(std::chrono::duration<double>(value));
}

Duration retry_after(const http::Reply& reply) {
  const auto field = http::find(reply.headers, "Retry-After");
  if (!field) return Duration{0};
  int value = 0;
  std::from_chars(field->data(), field->data() + field->size(), value);
  return std::chrono::seconds{std::clamp(value, 0, 300)};
}

Judgement judge(const Connection& connection, const Call& call, const http::Reply& reply) {
  switch (reply.failure) {
    case http::Failure::none:
      return connection.judge(call, reply);
    case http::Failure::refused:
      return {Verdict::failed, reply.failure_text, {}};
    default:
      return {Verdict::transient, reply.failure_text, {}};
  }
}

/// Whether sending `call` again cannot do its work a second time.
bool is_safe_to_repeat(const Call& call, const http::Reply& reply, Verdict verdict) {
  switch (verdict) {
    case Verdict::throttled:
      return true;
    case Verdict::transient:
      return reply.failure == http::Failure::not_sent || call.access == Access::read ||
             call.repeat == Repeat::freely;
    default:
      return false;
  }
}

/// What becomes of a call that is not sent.
Answer refusal(Ticket ticket, const std::string& why) {
  Answer answer{ticket, {}, {Verdict::failed, why, {}}};
  answer.reply.failure = http::Failure::refused;
  answer.reply.failure_text = why;
  return answer;
}

}  // namespace

Dispatcher::Dispatcher(Transport& transport, RetryPolicy policy, std::uint64_t seed)
    : transport_(transport),
      policy_(policy),
      budget_(policy.budget),
      random_(static_cast<std::minstd_rand::result_type>(seed)) {}

Ticket Dispatcher::submit(const Connection& connection, Call call, double priority) {
  const Ticket ticket = ++last_ticket_;
  if (writes_forbidden_ && call.access == Access::write && !call.is_login) {
    refused_.push_back(refusal(ticket, "this run may only read"));
    return ticket;
  }
  if (const Diagnostic* const fault = logins_.failure(connection)) {
    refuse(ticket, *fault);
    return ticket;
  }
  if (call.is_login) priority = kLoginPriority;
  auto& pending =
      pending_.emplace(ticket, Pending{&connection, std::move(call), priority}).first->second;
  lane_of(pending).ready.emplace(priority, ticket);
  return ticket;
}

Dispatcher::LaneState& Dispatcher::lane_of(const Pending& pending) {
  const Access access = pending.call.access;
  auto [position, is_new] = lanes_.try_emplace({pending.connection, access});
  LaneState& lane = position->second;
  if (is_new) {
    lane.limit = pending.connection->lane(access);
    lane.rate = lane.limit.per_second;
    lane.tokens = lane.limit.burst;
    lane.refilled = now();
  }
  return lane;
}

std::optional<Answer> Dispatcher::wait(Time deadline) {
  while (true) {
    if (!refused_.empty()) {
      Answer answer = std::move(refused_.front());
      refused_.pop_front();
      return answer;
    }
    admit(now());
    if (logins_.is_wanted()) return std::nullopt;
    const Time until = next_start(deadline);
    std::optional<Arrival> arrival = transport_.wait(until);
    if (arrival) {
      if (std::optional<Answer> answer = settle(*std::move(arrival))) return answer;
    } else if (now() >= deadline || now() < until) {
      return std::nullopt;
    }
  }
}

const Dispatcher::LaneState* Dispatcher::find_lane(const Connection& connection,
                                                   Access access) const {
  const auto position = lanes_.find({&connection, access});
  return position == lanes_.end() ? nullptr : &position->second;
}

LaneCounts Dispatcher::attempts_by_lane() const {
  LaneCounts counts;
  for (const auto& [key, lane] : lanes_) counts.emplace(key, lane.attempts);
  return counts;
}

double Dispatcher::rate(const Connection& connection, Access access) const {
  const LaneState* const lane = find_lane(connection, access);
  return lane == nullptr ? connection.lane(access).per_second : lane->rate;
}

bool Dispatcher::is_held_back(const Connection& connection, Access access) const {
  const LaneState* const lane = find_lane(connection, access);
  return lane != nullptr && static_cast<double>(lane->ready.size()) > tokens_at(*lane, now());
}

bool Dispatcher::is_full(const Connection& connection, Access access) const {
  const LaneState* const lane = find_lane(connection, access);
  return lane != nullptr && lane->ready.size() >= lane->limit.depth;
}

double Dispatcher::tokens_at(const LaneState& lane, Time now) {
  return std::min(lane.limit.burst, lane.tokens + lane.rate * seconds(now - lane.refilled));
}

void Dispatcher::admit(Time now) {
  for (auto& [key, lane] : lanes_) admit(key, lane, now);
}

void Dispatcher::admit(const LaneKey& key, LaneState& lane, Time now) {
  while (!lane.embargoed.empty() && lane.embargoed.begin()->first <= now) {
    const Ticket ticket = lane.embargoed.begin()->second;
    lane.embargoed.erase(lane.embargoed.begin());
    lane.ready.emplace(pending_.at(ticket).priority, ticket);
  }
  lane.tokens = tokens_at(lane, now);
  lane.refilled = now;
  while (lane.tokens >= 1 && may_start(key, lane, now)) start(lane, now);
}

/// Whether the first call that is ready lacks nothing but, perhaps, a token.
bool Dispatcher::may_start(const LaneKey& key, const LaneState& lane, Time now) {
  if (lane.ready.empty() || lane.in_flight >= lane.limit.depth) return false;
  return lane.ready.begin()->first == kLoginPriority || logins_.admits(*key.first, now);
}

void Dispatcher::start(LaneState& lane, Time now) {
  const Ticket ticket = lane.ready.begin()->second;
  lane.ready.erase(lane.ready.begin());
  lane.tokens -= 1;
  ++lane.in_flight;
  Pending& pending = pending_.at(ticket);
  ++pending.attempt;
  ++attempts_;
  ++lane.attempts;
  pending.sent = now;
  http::Request request = pending.call.request;
  pending.connection->sign(request, now);
  transport_.start(ticket, std::move(request));
}

void Dispatcher::refuse(Ticket ticket, const Diagnostic& login_fault) {
  pending_.erase(ticket);
  refused_.push_back(refusal(ticket, login_fault.summary));
  refused_.back().login_fault = login_fault;
}

void Dispatcher::end_login(const Connection& connection, const std::optional<Diagnostic>& fault) {
  if (const Diagnostic* const why = logins_.end(connection, now(), fault))
    fail_waiting(connection, *why);
}

void Dispatcher::fail_waiting(const Connection& connection, const Diagnostic& login_fault) {
  for (auto& [key, lane] : lanes_) {
    if (key.first != &connection) continue;
    for (const auto& [priority, ticket] : lane.ready) refuse(ticket, login_fault);
    for (const auto& [due, ticket] : lane.embargoed) refuse(ticket, login_fault);
    lane.ready.clear();
    lane.embargoed.clear();
  }
}

Time Dispatcher::next_start(Time deadline) {
  Time next = deadline;
  for (const auto& [key, lane] : lanes_) {
    if (!lane.embargoed.empty()) next = std::min(next, lane.embargoed.begin()->first);
    // One microsecond more, so that rounding never asks for a moment at which the token is not
    // there.
    if (may_start(key, lane, lane.refilled))
      next =
          std::min(next, lane.refilled + from_seconds((1 - lane.tokens) / lane.rate) + Duration{1});
  }
  return next;
}

std::optional<Answer> Dispatcher::settle(Arrival arrival) {
  const auto position = pending_.find(arrival.ticket);
  if (position == pending_.end()) return std::nullopt;
  Pending& pending = position->second;
  LaneState& lane = lane_of(pending);
  if (lane.in_flight > 0) --lane.in_flight;

  Judgement judgement = judge(*pending.connection, pending.call, arrival.reply);
  report(pending, arrival.reply, judgement.verdict);
  adapt(lane, judgement.verdict);
  if (const auto delay = retry_delay(pending, arrival.reply, judgement.verdict)) {
    if (const Diagnostic* const fault = logins_.failure(*pending.connection)) {
      refuse(arrival.ticket, *fault);
      return std::nullopt;
    }
    if (listener_)
      listener_(
          {now(), CallRetried{pending.call.operation, judgement.message, pending.attempt, *delay}});
    lane.embargoed.emplace(now() + *delay, arrival.ticket);
    return std::nullopt;
  }
  if (judgement.verdict == Verdict::ok) budget_ = std::min(policy_.budget, budget_ + kEarned);
  pending_.erase(position);
  return Answer{arrival.ticket, std::move(arrival.reply), std::move(judgement)};
}

std::optional<Duration> Dispatcher::retry_delay(Pending& pending, const http::Reply& reply,
                                                Verdict verdict) {
  if (verdict == Verdict::login_expired) return delay_after_refusal(pending);
  if (verdict == Verdict::not_yet) return delay_of_too_early(pending, reply);
  if (!is_safe_to_repeat(pending.call, reply, verdict)) return std::nullopt;
  const int attempts = pending.attempt - pending.logins_refused - pending.too_early;
  if (attempts >= most_attempts(pending.call, reply) || budget_ < 1) return std::nullopt;
  budget_ -= 1;
  return std::max(back_off(pending.attempt), retry_after(reply));
}

/// A login knows itself for how long an unreachable host is worth a try: there may be none.
int Dispatcher::most_attempts(const Call& call, const http::Reply& reply) const {
  if (reply.failure != http::Failure::not_sent) return policy_.attempts;
  return call.is_login ? 1 : std::min(kConnectAttempts, policy_.attempts);
}

/// A login that ends makes all calls under way fail at once, so that is not charged to the budget.
std::optional<Duration> Dispatcher::delay_after_refusal(Pending& pending) {
  if (pending.call.is_login || pending.logins_refused == kLogins) return std::nullopt;
  ++pending.logins_refused;
  logins_.refused(*pending.connection, pending.sent);
  return back_off(pending.logins_refused);
}

std::optional<Duration> Dispatcher::delay_of_too_early(Pending& pending, const http::Reply& reply) {
  if (pending.too_early++ == 0) pending.early_since = now();
  if (now() - pending.early_since >= policy_.patience) return std::nullopt;
  return std::max(back_off(pending.too_early), retry_after(reply));
}

Duration Dispatcher::back_off(int attempt) {
  const double longest =
      std::min(seconds(policy_.cap), seconds(policy_.base) * std::ldexp(1.0, attempt - 1));
  std::uniform_real_distribution<double> jitter(longest / 2, longest);
  return from_seconds(jitter(random_));
}

void Dispatcher::adapt(LaneState& lane, Verdict verdict) {
  if (verdict == Verdict::throttled) {
    lane.rate = std::max(kSlowest, lane.rate / 2);
    lane.tokens = std::min(lane.tokens, 0.0);
  } else {
    lane.rate = std::min(lane.limit.per_second, lane.rate + lane.limit.per_second * kRecovery);
  }
}

void Dispatcher::report(const Pending& pending, const http::Reply& reply, Verdict verdict) {
  if (!observe_) return;
  const http::Request& request = pending.call.request;
  observe_({pending.call.operation, request.method, request.url, pending.call.access, pending.sent,
            now(), reply.status, verdict, request.body.size(), reply.body.size()});
}

void Dispatcher::cancel_all() {
  pending_.clear();
  lanes_.clear();
  refused_.clear();
  logins_.clear();
  transport_.cancel_all();
}

}  // namespace stackctl::engine
