// A cloud of three types that costs next to nothing: no text is written or read, so that what is
// measured in front of it is the engine. Its own time is kept apart.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <queue>
#include <string>
#include <vector>

#include "engine/binding.h"
#include "engine/desired.h"
#include "engine/transport.h"
#include "stackctl/provider.h"

namespace bench {

using namespace stackctl;

/// Objects by id, with the moment at which each is ready.
struct Inventory {
  struct Entry {
    LiveObject object;
    Time ready{};
  };
  std::map<std::string_view, std::vector<Entry>, std::less<>> by_listing;
  std::map<std::string, LiveObject> announced;  ///< by request body: what creates will make
  std::map<std::string, Time> operations;       ///< by id: when each ends
  Time now{};
  double cpu = 0;  ///< seconds spent in here
  std::size_t reads = 0;
  std::size_t writes = 0;
};

/// What is read and written in virtual time, with a fixed latency each way.
class MadeUpTransport final : public engine::Transport {
 public:
  explicit MadeUpTransport(Inventory& inventory) : inventory_(inventory) {}

  Time now() const override { return inventory_.now; }
  void start(engine::Ticket ticket, http::Request request) override;
  std::optional<engine::Arrival> wait(Time deadline) override;
  void cancel_all() override { arrivals_ = {}; }

 private:
  struct Due {
    Time at;
    engine::Ticket ticket = 0;
    http::Reply reply;
    bool operator<(const Due& other) const {
      return at != other.at ? at > other.at : ticket > other.ticket;
    }
  };

  http::Reply answer(const http::Request& request, Time at);

  Inventory& inventory_;
  std::priority_queue<Due> arrivals_;
};

/// The time that a request and its answer are on their way.
inline constexpr Duration kRoundTrip = std::chrono::milliseconds{50};

/// Seconds of its rate that a lane lets through at once.
inline constexpr double kBurst = 2;

/// An account behind lanes of these rates.
engine::Binding made_up_account(Inventory& inventory, double reads_per_second,
                                double writes_per_second);

/// A quarter each of networks, servers in them, disks of those, and keys that stand alone.
engine::Desired made_up_stack(std::size_t objects);

/// How long the longest chain of made_up_stack takes when nothing is in its way.
Duration critical_path();

}  // namespace bench
