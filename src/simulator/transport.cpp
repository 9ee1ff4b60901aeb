#include "simulator/transport.h"

#include <algorithm>
#include <utility>

#include "stackctl/text.h"

namespace stackctl::simulator {
namespace {

// "PUT /v2/instance/{id}:stop": a 36-character stretch after a slash that is a UUID.
std::string pattern_of(const http::Request& request) {
  constexpr std::size_t uuid_length = 36;
  std::string pattern = request.method + ' ';
  const std::string_view path = http::split(request.url).path;
  for (std::size_t i = 0; i < path.size(); ++i) {
    pattern += path[i];
    if (path[i] != '/' || !is_uuid(path.substr(i + 1, uuid_length))) continue;
    pattern += "{id}";
    i += uuid_length;
  }
  return pattern;
}

}  // namespace

SimulatedTransport::SimulatedTransport(Time start, Router router, std::uint64_t seed,
                                       Latency latency)
    : now_(start), router_(std::move(router)), random_state_(seed), latency_(latency) {}

Duration SimulatedTransport::latency() {
  // A linear congruential generator (Knuth's constants): jitter needs no better one.
  random_state_ = random_state_ * 6364136223846793005U + 1442695040888963407U;
  const auto span = static_cast<std::uint64_t>((latency_.most - latency_.least).count()) + 1;
  return latency_.least + Duration{static_cast<std::int64_t>((random_state_ >> 33U) % span)};
}

void SimulatedTransport::push(Leg leg) {
  leg.sequence = ++sequence_;
  legs_.push_back(std::move(leg));
  std::push_heap(legs_.begin(), legs_.end(), Later{});
}

SimulatedTransport::Leg SimulatedTransport::pop() {
  std::pop_heap(legs_.begin(), legs_.end(), Later{});
  Leg leg = std::move(legs_.back());
  legs_.pop_back();
  return leg;
}

void SimulatedTransport::start(engine::Ticket ticket, http::Request request) {
  Leg leg;
  leg.due = now_ + latency();
  leg.ticket = ticket;
  leg.request = std::move(request);
  push(std::move(leg));
}

void SimulatedTransport::deliver(Leg leg) {
  ++calls_[pattern_of(leg.request)];
  ++call_count_;
  Routed routed = router_(leg.request, leg.due);
  leg.reply = std::move(routed.reply);
  leg.request = {};
  leg.is_reply = true;
  leg.due += latency() + routed.late;
  push(std::move(leg));
}

std::optional<engine::Arrival> SimulatedTransport::wait(Time deadline) {
  while (!legs_.empty() && legs_.front().due <= std::max(deadline, now_)) {
    Leg leg = pop();
    now_ = std::max(now_, leg.due);
    if (leg.is_reply) return engine::Arrival{leg.ticket, std::move(leg.reply)};
    deliver(std::move(leg));
  }
  // Without a deadline and with nothing in flight time has no reason to pass.
  if (deadline != Time::max()) now_ = std::max(now_, deadline);
  return std::nullopt;
}

void SimulatedTransport::cancel_all() {
  for (Leg& leg : std::exchange(legs_, {})) {
    leg.due = now_;
    leg.is_reply = true;
    leg.request = {};
    leg.reply = {};
    leg.reply.failure = http::Failure::lost;
    leg.reply.failure_text = "cancelled";
    push(std::move(leg));
  }
}

}  // namespace stackctl::simulator
