// A strict, stateful simulation of one account of the Exoscale API v2.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "stackctl/clock.h"
#include "stackctl/diagnostic.h"
#include "stackctl/http.h"

namespace stackctl::simulator {

/// The credentials of a simulated account, unless the settings say otherwise.
inline constexpr std::string_view default_key = "EXOsimulator";
inline constexpr std::string_view default_secret = "stackctl-simulator-secret";

struct Settings {
  std::uint64_t seed = 1;  ///< equal seeds and equal requests give equal answers
  std::string key{default_key};
  std::string secret{default_secret};
  std::string zone = "ch-gva-2";
  /// All durations are divided by it; infinity: whatever was begun is finished at the next request.
  double speed = 1;
};

/// What becomes of the operation that a request begins. Requests that begin none are not concerned.
struct Fate {
  bool fails =
      false;  ///< what was changed is as before; of what was made, a broken rest may remain
  Duration longer{};
  bool operator==(const Fate&) const = default;
};

/// Answers requests as the cloud would: checks signature, path, arguments and body, refuses what
/// is in use, and works asynchronously. Owns no clock: the present moment comes with each request.
/// Not thread-safe.
class Cloud {
 public:
  /// A fresh account: public templates, instance types, a security group `default`.
  explicit Cloud(Settings settings);
  ~Cloud();
  Cloud(Cloud&&) noexcept;
  Cloud& operator=(Cloud&&) noexcept;

  /// First completes all that is due by `now`, then answers. Never throws. A `now` that lies
  /// before an earlier one counts as that one.
  http::Reply handle(const http::Request& request, Time now, Fate fate = {});

  /// The answer of the service that `request` is for, when it is too busy (429, 503) to look at it.
  http::Reply turn_away(const http::Request& request, int status, int retry_after) const;

  /// When something pending completes next; nothing when all is at rest.
  std::optional<Time> next_event() const;

  /// The latest moment the cloud has seen.
  Time clock() const;

  /// Grows whenever anything that `save` writes has changed, except the clock.
  std::uint64_t revision() const;

  /// The whole state as JSON text, without credentials.
  std::string save() const;

  /// Replaces the state by a saved one. Where that one's clock is ahead of `now` (it lived in
  /// virtual time), what is pending keeps its remaining time. On a fault nothing is changed.
  std::optional<Diagnostic> load(std::string_view text, Time now);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace stackctl::simulator
