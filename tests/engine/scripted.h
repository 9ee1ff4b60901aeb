// A transport in virtual time whose answers a test writes.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "engine/transport.h"
#include "stackctl/provider.h"

namespace scripted {

using namespace stackctl;
using namespace std::chrono_literals;

class Transport final : public engine::Transport {
 public:
  using Answer = std::function<http::Reply(const http::Request&)>;
  explicit Transport(Answer answer) : answer_(std::move(answer)) {}

  Time now() const override { return now_; }
  void start(engine::Ticket ticket, http::Request request) override {
    sent.emplace_back(now_, request.url);
    most_in_flight = std::max(most_in_flight, flying_.size() + 1);
    flying_.emplace(now_ + 10ms, std::pair(ticket, answer_(request)));
  }
  std::optional<engine::Arrival> wait(Time deadline) override {
    if (interrupted) return std::nullopt;
    if (flying_.empty() || flying_.begin()->first > deadline) {
      now_ = std::max(now_, deadline);
      return std::nullopt;
    }
    auto first = flying_.extract(flying_.begin());
    now_ = std::max(now_, first.key());
    return engine::Arrival{first.mapped().first, std::move(first.mapped().second)};
  }
  void cancel_all() override { flying_.clear(); }

  std::vector<std::pair<Time, std::string>> sent;
  std::size_t most_in_flight = 0;
  bool interrupted = false;

 private:
  Answer answer_;
  Time now_{};
  std::multimap<Time, std::pair<engine::Ticket, http::Reply>> flying_;
};

inline http::Reply reply(int status, std::string body = {}) {
  http::Reply reply;
  reply.status = status;
  reply.body = std::move(body);
  return reply;
}

inline http::Reply no_reply(http::Failure failure) {
  http::Reply reply;
  reply.failure = failure;
  reply.failure_text = "broken";
  return reply;
}

/// Judges by status code; lists whatever `listed` holds; carries out flows that a test makes.
class Connection final : public stackctl::Connection {
 public:
  std::string where() const override { return "toy"; }
  Lane lane(Access) const override { return limit; }
  std::unique_ptr<Flow> list(std::string_view listing, const Interest& interest) const override;
  std::vector<LiveObject> decode(const ResourceType& type, const Value& listed,
                                 Diagnostics& faults) const override;
  std::unique_ptr<Flow> carry_out(Work work) const override;
  void sign(http::Request& request, Time) const override { request.headers = {{"Signed", "1"}}; }
  Judgement judge(const Call& call, const http::Reply& reply) const override;

  Lane limit = {};
  std::function<std::vector<LiveObject>()> listed;
  Behaviour behaviour;
};

}  // namespace scripted
