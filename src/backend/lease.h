// Runs that change one stack exclude each other: whoever holds the lease works, and says so. It
// expires unless it is renewed, so that nobody waits for the dead. Pure but for the store: the
// present moment comes with each call, and is that of the real world.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "backend/store.h"
#include "stackctl/clock.h"
#include "stackctl/diagnostic.h"

namespace stackctl::backend {

/// Who works on a stack.
struct Holder {
  std::string id;       ///< random; tells two runs of the same process number apart
  std::string user;     ///< "ann"
  std::string host;     ///< "ci-runner-7"
  std::string machine;  ///< opaque: runs that have it in common see each other's processes
  int process = 0;      ///< its number there
  std::string doing;    ///< "apply stack.yaml"
  Time since{};         ///< when it took the lease
  Time expires{};       ///< unless it is renewed
  bool operator==(const Holder&) const = default;
};

inline constexpr Duration kLeaseLasts = std::chrono::seconds{60};
inline constexpr Duration kLeaseRenewal = std::chrono::seconds{10};

/// Whether `holder` cannot be at work any more, although its lease has not expired: a process of
/// this machine that is gone. May be empty.
using IsGone = std::function<bool(const Holder& holder)>;

struct Claim;

class Lease {
 public:
  /// Takes the lease called `name`, also from a holder whose lease has expired or who is gone. The
  /// fault is one of the store, or that too many try at once.
  static Result<Claim> take(Store& store, const std::string& name, Holder me, Time now,
                            const IsGone& is_gone);

  /// To be called often; writes only when a renewal is due. False: it was broken or taken over, and
  /// this run has to stop. A store that cannot be reached is no reason to stop before it expires.
  bool renew(Time now);

  /// Gives it back. A lease that is not ours any more is left alone.
  void release();

  const Holder& holder() const { return holder_; }

 private:
  Lease(Store& store, std::string name, Holder holder, std::string version);
  bool is_still_ours();

  Store* store_;
  std::string name_;
  Holder holder_;
  std::string version_;
  Time next_renewal_{};
};

/// What came of the attempt to take a lease.
struct Claim {
  std::optional<Lease> lease;   ///< nothing: somebody else has it
  std::optional<Holder> other;  ///< without a lease: who has it; with one: who lost it
  /// Without a lease and without `other`: what stands there cannot be understood.
  bool is_unreadable() const { return !lease && !other; }
};

/// What stands in the store.
struct Found {
  std::optional<Holder> holder;  ///< nothing: it cannot be understood
  std::string version;           ///< to break exactly this one
};

/// The lease called `name`, expired or not.
Result<std::optional<Found>> find_lease(Store& store, const std::string& name);

/// Breaks the lease that was found. False: it is another one by now, or gone.
Result<bool> break_lease(Store& store, const std::string& name, const Found& found);

/// "wordpress" → "wordpress.lease". The stack's name alone: nothing else is known to be the same
/// for everybody who works on it.
std::string lease_of_stack(std::string_view stack);
/// A simulated cloud lives in a file; whatever runs against it uses the same lease. `path` is
/// whole.
std::string lease_of_simulation(std::string_view path);

/// "ann on ci-runner-7 (process 4711), 'apply stack.yaml', since 2026-01-01T12:00:00Z (4m 12s)"
std::string describe(const Holder& holder, Time now);

/// The lease as it is stored: one JSON object (docs/team.md).
std::string write_holder(const Holder& holder);
std::optional<Holder> read_holder(std::string_view text);

}  // namespace stackctl::backend
