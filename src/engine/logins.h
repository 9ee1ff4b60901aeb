// Which connections have to log in before their calls can go out.
#pragma once

#include <map>
#include <optional>

#include "stackctl/clock.h"
#include "stackctl/diagnostic.h"
#include "stackctl/provider.h"

namespace stackctl::engine {

class Logins {
 public:
  /// Whether calls of `connection` may go out now. If not, a login is wanted from now on.
  bool admits(const Connection& connection, Time now);
  bool is_wanted() const;
  /// A connection that wants a login, which is under way from now on; null: none.
  const Connection* begin();
  /// Returns why the login failed, if it did: nothing of the connection is sent any more.
  const Diagnostic* end(const Connection& connection, Time now,
                        const std::optional<Diagnostic>& fault);
  /// Why there is no login any more; null: nothing failed.
  const Diagnostic* failure(const Connection& connection) const;
  /// A call that was signed at `signed_at` was refused for its login. What was signed before the
  /// last login says nothing about that.
  void refused(const Connection& connection, Time signed_at) const;
  void clear() { logins_.clear(); }

 private:
  enum class State { ready, wanted, under_way, failed };
  struct Login {
    State state = State::ready;
    Time since{};  ///< when the last one was done
    Diagnostic why;
  };

  std::map<const Connection*, Login> logins_;
};

}  // namespace stackctl::engine
