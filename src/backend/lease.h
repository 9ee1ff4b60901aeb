// Runs that change one stack exclude each other: whoever holds the lease works, and says so. It
// expires unless it is renewed, so that nobody waits for the dead. Pure but for the store: the
// present moment comes with each call.
#pragma once

#include <optional>
#include <string>

#include "backend/store.h"
#include "stackctl/clock.h"
#include "stackctl/diagnostic.h"

namespace stackctl::backend {

/// Who works on a stack.
struct Holder {
  std::string id;     ///< random; tells two runs of the same process number apart
  std::string user;   ///< "ann"
  std::string host;   ///< "ci-runner-7"
  int process = 0;    ///< its number there
  std::string doing;  ///< "apply stack.yaml"
  Time since{};       ///< when it took the lease
  Time expires{};     ///< unless it is renewed
  bool operator==(const Holder&) const = default;
};

inline constexpr Duration kLeaseLasts = std::chrono::seconds{60};
inline constexpr Duration kLeaseRenewal = std::chrono::seconds{20};

/// Whether `holder` cannot be at work any more, although its lease has not expired: a process of
/// this machine that is gone. May be empty.
using IsGone = bool (*)(const Holder& holder);

class Lease {
 public:
  /// Takes the lease on `stack`. When somebody else holds one that has not expired: a fault that
  /// says who, where, since when, doing what, and what to do about it.
  static Result<Lease> take(Store& store, std::string stack, Holder me, Time now, IsGone is_gone);

  /// To be called often; writes only when a renewal is due. False: it was broken or taken over, and
  /// this run has to stop. A store that cannot be reached is no reason to stop before it expires.
  bool renew(Time now);

  /// Gives it back. A lease that is not ours any more is left alone.
  void release();

  const Holder& holder() const { return holder_; }

 private:
  Lease(Store& store, std::string name, Holder holder, std::string version);

  Store* store_;
  std::string name_;
  Holder holder_;
  std::string version_;
  Time renewed_{};
};

/// Who holds the lease on `stack`, expired or not; nothing: nobody.
Result<std::optional<Holder>> holder_of(Store& store, const std::string& stack);

/// Breaks the lease on `stack`, whoever holds it. Who that was; nothing: nobody.
Result<std::optional<Holder>> break_lease(Store& store, const std::string& stack);

}  // namespace stackctl::backend
