#include "conformance/turns.h"

#include <algorithm>
#include <utility>

namespace stackctl::test {

void Turns::put(std::size_t client, Time moment) {
  const std::lock_guard guard(mutex_);
  next_[client] = moment;
  changed_.notify_all();
}

bool Turns::is_turn_of(std::size_t client) const {
  return std::min_element(next_.begin(), next_.end()) - next_.begin() ==
         static_cast<std::ptrdiff_t>(client);
}

void Turns::wait_for(std::size_t client, Time moment) {
  put(client, moment);
  std::unique_lock guard(mutex_);
  changed_.wait(guard, [&] { return is_turn_of(client); });
}

TurnTransport::TurnTransport(simulator::Cloud& cloud, Turns& turns, std::size_t client, Time start)
    : cloud_(cloud), turns_(turns), client_(client), now_(start), random_(client + 1) {
  turns_.wait_for(client_, now_);
}

Duration TurnTransport::latency() {
  random_ = random_ * 6364136223846793005U + 1442695040888963407U;  // Knuth's constants
  return Duration{15'000 + static_cast<std::int64_t>((random_ >> 33U) % 25'000)};
}

void TurnTransport::start(engine::Ticket ticket, http::Request request) {
  legs_.emplace(now_ + latency(), Leg{ticket, false, std::move(request), {}});
}

std::optional<engine::Arrival> TurnTransport::wait(Time deadline) {
  while (!legs_.empty() && legs_.begin()->first <= std::max(deadline, now_)) {
    turns_.wait_for(client_, legs_.begin()->first);
    const Time due = legs_.begin()->first;
    Leg leg = std::move(legs_.begin()->second);
    legs_.erase(legs_.begin());
    now_ = std::max(now_, due);
    if (leg.is_reply) return engine::Arrival{leg.ticket, std::move(leg.reply)};
    leg.reply = cloud_.handle(leg.request, now_);
    leg.is_reply = true;
    legs_.emplace(now_ + latency(), std::move(leg));
  }
  if (deadline == Time::max()) return std::nullopt;
  now_ = std::max(now_, deadline);
  turns_.wait_for(client_, now_);
  return std::nullopt;
}

}  // namespace stackctl::test
