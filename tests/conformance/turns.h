// Several clients of one simulated cloud, each in a thread of its own, in one virtual time: whoever
// has the earliest next event goes on, all others stand still. So every run is like the last one.
#pragma once

#include <condition_variable>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "engine/transport.h"
#include "simulator/cloud.h"

namespace stackctl::test {

/// Whose turn it is.
class Turns {
 public:
  explicit Turns(std::size_t clients) : next_(clients, Time::min()) {}

  /// Returns when nobody has anything earlier to do. Of several at one moment the first goes first.
  void wait_for(std::size_t client, Time moment);
  void leave(std::size_t client) { put(client, Time::max()); }

 private:
  void put(std::size_t client, Time moment);
  bool is_turn_of(std::size_t client) const;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Time> next_;  ///< when each has something to do; until all have said so, nobody goes
};

/// The way of one client to the cloud.
class TurnTransport final : public engine::Transport {
 public:
  TurnTransport(simulator::Cloud& cloud, Turns& turns, std::size_t client, Time start);
  ~TurnTransport() override { turns_.leave(client_); }
  TurnTransport(const TurnTransport&) = delete;
  TurnTransport& operator=(const TurnTransport&) = delete;

  Time now() const override { return now_; }
  void start(engine::Ticket ticket, http::Request request) override;
  std::optional<engine::Arrival> wait(Time deadline) override;
  void cancel_all() override { legs_.clear(); }

 private:
  struct Leg {
    engine::Ticket ticket = 0;
    bool is_reply = false;
    http::Request request;
    http::Reply reply;
  };
  Duration latency();

  simulator::Cloud& cloud_;
  Turns& turns_;
  std::size_t client_;
  Time now_;
  std::uint64_t random_;
  std::multimap<Time, Leg> legs_;
};

}  // namespace stackctl::test
