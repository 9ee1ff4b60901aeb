#include "engine/logins.h"

#include <algorithm>
#include <string>

namespace stackctl::engine {
namespace {

Diagnostic login_failed(const Connection& connection, const Diagnostic& why) {
  Diagnostic fault = why;
  fault.summary = "cannot log in to " + connection.where() + ": " + why.summary;
  return fault;
}

}  // namespace

bool Logins::admits(const Connection& connection, Time now) {
  const auto known = logins_.find(&connection);
  const State state = known == logins_.end() ? State::ready : known->second.state;
  if (state == State::ready && !connection.needs_login(now)) return true;
  if (state == State::ready) logins_[&connection].state = State::wanted;
  return false;
}

bool Logins::is_wanted() const {
  return std::ranges::any_of(logins_,
                             [](const auto& login) { return login.second.state == State::wanted; });
}

const Connection* Logins::begin() {
  for (auto& [connection, login] : logins_) {
    if (login.state != State::wanted) continue;
    login.state = State::under_way;
    return connection;
  }
  return nullptr;
}

const Diagnostic* Logins::end(const Connection& connection, Time now,
                              const std::optional<Diagnostic>& fault) {
  Login& login = logins_[&connection];
  login.since = now;
  login.state = State::ready;
  const bool is_useless = !fault && connection.needs_login(now);
  if (!fault && !is_useless) return nullptr;
  login.state = State::failed;
  login.why = login_failed(
      connection, fault.value_or(error("what the login gave is of no use: it has expired")));
  return &login.why;
}

const Diagnostic* Logins::failure(const Connection& connection) const {
  const auto known = logins_.find(&connection);
  const bool has_failed = known != logins_.end() && known->second.state == State::failed;
  return has_failed ? &known->second.why : nullptr;
}

void Logins::refused(const Connection& connection, Time signed_at) const {
  const auto known = logins_.find(&connection);
  if (known != logins_.end() && signed_at < known->second.since) return;
  connection.login_refused();
}

}  // namespace stackctl::engine
