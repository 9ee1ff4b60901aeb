// Faults between the requests and a simulated cloud, from a seed: what networks and clouds do to
// programs on a bad day. A wrapper: neither the cloud nor its clients know of it.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "simulator/cloud.h"
#include "simulator/transport.h"
#include "stackctl/diagnostic.h"

namespace stackctl::simulator {

enum class Trouble {
  throttled,         ///< "429": not done; Retry-After says when
  unavailable,       ///< "503": not done
  lost_request,      ///< "lost-request": the connection ends before the cloud gets it
  lost_reply,        ///< "lost-reply": the cloud does the work, the answer never arrives
  slow,              ///< "slow": done at once, the answer takes up to a minute
  stale,             ///< "stale": a list as it was some seconds ago
  failed_operation,  ///< "failed-operation": accepted; the operation ends in failure
  stuck_operation,   ///< "stuck-operation": accepted; it takes most of an hour longer
  crash_before,      ///< "crash-before": the client dies before the cloud gets the request
  crash_after,       ///< "crash-after": the client dies after the work, before the answer
};

/// "429:5%" (each call, with this chance), "lost-reply:2" (the first two that it can strike),
/// "503:5%:2" (both), "crash-after@7" (the seventh write). Troubles that only writes can have
/// strike only them.
struct Fault {
  Trouble trouble = Trouble::unavailable;
  double chance = 0;        ///< of each call, 0 to 1; 0 with `times`: certain
  std::uint64_t times = 0;  ///< at most so often; 0: without limit
  std::uint64_t write = 0;  ///< only the n-th write, counted from 1; 0: any call
  bool operator==(const Fault&) const = default;
};

/// "429:5%,lost-reply:2" as faults; a fault names the part that is wrong and what is known.
Result<std::vector<Fault>> parse_faults(std::string_view text);

/// What `parse_faults` reads.
std::string display(const std::vector<Fault>& faults);

/// Whether it is one that the client does not survive.
bool ends_client(const Fault& fault);

/// The names of all troubles, separated by ", ".
std::string trouble_names();

class Chaos {
 public:
  /// `die` ends the client; it need not return. Without it nobody dies.
  Chaos(std::vector<Fault> faults, std::uint64_t seed, std::function<void()> die = {});

  /// The cloud's answer to `request`, or what became of it.
  Routed handle(Cloud& cloud, const http::Request& request, Time now);

  std::uint64_t writes() const { return writes_; }    ///< seen so far
  std::uint64_t strikes() const { return strikes_; }  ///< faults so far

 private:
  /// A list as it was, and when.
  struct Snapshot {
    Time when;
    http::Reply reply;
  };

  /// What a request came to in the hands of a fault, which may have found nothing to spoil.
  struct Blow {
    Routed routed;
    bool has_struck = true;
  };

  std::uint64_t random(std::uint64_t limit);
  Duration delay();
  bool wants_to_strike(const Fault& fault, bool is_write);
  /// Nothing when the fault cannot strike this request; the cloud has not got it then.
  std::optional<Blow> strike(Trouble trouble, Cloud& cloud, const http::Request& request, Time now);
  Blow doom(Fate fate, Cloud& cloud, const http::Request& request, Time now);
  std::optional<Blow> recall(const http::Request& request, Time now);
  http::Reply ask(Cloud& cloud, const http::Request& request, Time now);

  std::vector<Fault> faults_;
  std::vector<std::uint64_t> struck_;  ///< how often each of them has
  std::uint64_t random_state_;
  std::function<void()> die_;
  std::map<std::string, std::deque<Snapshot>> lists_;  ///< by URL with its query
  std::uint64_t writes_ = 0;
  std::uint64_t strikes_ = 0;
};

}  // namespace stackctl::simulator
