// A transport in virtual time: requests reach a simulated cloud without a socket or a clock.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "engine/transport.h"

namespace stackctl::simulator {

/// What a request comes to, and how much later than usual its answer sets off.
struct Routed {
  http::Reply reply;
  Duration late{};

  Routed(http::Reply answer, Duration delay = {}) : reply(std::move(answer)), late(delay) {}
};

/// A cloud as a transport sees it. Wrappers (several clouds, faults) have the same form.
using Router = std::function<Routed(const http::Request&, Time)>;

struct Latency {
  Duration least{15'000};  ///< each way
  Duration most{40'000};
};

/// Carries requests to `router` in the order in which they arrive there, each some tens of
/// milliseconds after its start. Time passes only inside `wait`, and at once. Equal seeds and equal
/// starts give equal runs. Not thread-safe.
class SimulatedTransport final : public engine::Transport {
 public:
  SimulatedTransport(Time start, Router router, std::uint64_t seed = 1, Latency latency = {});

  Time now() const override { return now_; }
  void start(engine::Ticket ticket, http::Request request) override;
  std::optional<engine::Arrival> wait(Time deadline) override;
  /// What has not yet reached the cloud never will; what has, has been done.
  void cancel_all() override;

  /// Requests that reached the cloud, by "METHOD /path" with each UUID written as "{id}".
  const std::map<std::string, std::uint64_t>& calls() const { return calls_; }
  std::uint64_t call_count() const { return call_count_; }

 private:
  /// One half of an exchange: on its way to the cloud, or with the reply on its way back.
  struct Leg {
    Time due;
    std::uint64_t sequence = 0;
    engine::Ticket ticket = 0;
    bool is_reply = false;
    http::Request request;
    http::Reply reply;
  };
  struct Later {
    bool operator()(const Leg& a, const Leg& b) const {
      return a.due != b.due ? a.due > b.due : a.sequence > b.sequence;
    }
  };

  Duration latency();
  void push(Leg leg);
  Leg pop();
  void deliver(Leg leg);

  Time now_;
  Router router_;
  std::uint64_t random_state_;
  Latency latency_;
  std::uint64_t sequence_ = 0;
  std::vector<Leg> legs_;  ///< a heap: the earliest leg is in front
  std::map<std::string, std::uint64_t> calls_;
  std::uint64_t call_count_ = 0;
};

}  // namespace stackctl::simulator
