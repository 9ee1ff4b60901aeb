// The one seam to the world. Real: curl multi (src/net). Tests, `--simulate`: virtual time
// (src/simulator).
#pragma once

#include <cstdint>
#include <optional>

#include "stackctl/clock.h"
#include "stackctl/http.h"

namespace stackctl::engine {

/// Names one request in flight.
using Ticket = std::uint64_t;

struct Arrival {
  Ticket ticket = 0;
  http::Reply reply;
};

class Transport {
 public:
  virtual ~Transport() = default;

  /// The present moment. Virtual transports move it only inside `wait`.
  virtual Time now() const = 0;

  /// Begins to send `request`; never blocks. Every started ticket arrives exactly once.
  virtual void start(Ticket ticket, http::Request request) = 0;

  /// The next arrival, or nothing when `deadline` came first or `interrupt` was called.
  virtual std::optional<Arrival> wait(Time deadline) = 0;

  /// Drops all that is in flight; their tickets arrive with `Failure::lost`.
  virtual void cancel_all() = 0;
};

}  // namespace stackctl::engine
