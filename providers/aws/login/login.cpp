// Getting and renewing credentials.
#include <algorithm>
#include <utility>
#include <vector>

#include "aws/api/endpoint.h"
#include "aws/api/service.h"
#include "exchange.h"

namespace stackctl::aws {
namespace {

constexpr Duration kAdvised = std::chrono::minutes{15};  // before they expire: better renew them
constexpr Duration kNeeded = std::chrono::minutes{10};   // they must be renewed
constexpr Duration kPostponed = std::chrono::minutes{2};
constexpr int kAdvisedShare = 4;  // of a short life
constexpr int kNeededShare = 6;

}  // namespace

struct Login::State {
  Source source;
  Circumstances circumstances;
  Credentials current;
  Credentials signing;  ///< those to assume the next role with
  bool is_there = false;
  bool is_refused = false;
  Time now{};                      ///< when somebody last asked
  std::optional<Time> due = {};    ///< when they should be renewed
  std::optional<Time> until = {};  ///< when they have to be
};

namespace {

using State = Login::State;

void accept(State& state, Credentials credentials) {
  state.due = state.until = std::nullopt;
  if (credentials.expires) {
    const Duration life = *credentials.expires - state.now;
    state.due = *credentials.expires - std::min(kAdvised, life / kAdvisedShare);
    state.until = *credentials.expires - std::min(kNeeded, life / kNeededShare);
  }
  state.current = std::move(credentials);
  state.is_there = true;
  state.is_refused = false;
}

class Renewal final : public Flow {
 public:
  explicit Renewal(std::shared_ptr<State> state) : state_(std::move(state)) {
    for (const Source* source = &state_->source; source != nullptr; source = before(*source))
      sources_.push_back(source);
  }

  Next next(const Seen& seen) override {
    if (seen.reply != nullptr) return take(*seen.reply, *seen.judgement);
    return is_asking_ ? Next(Send{exchange_.call}) : ask();
  }

 private:
  /// What it takes to ask a source: the last in the chain is asked first.
  static const Source* before(const Source& source) {
    const auto* const role = std::get_if<AssumedRole>(&source.how);
    return role == nullptr ? nullptr : role->from.get();
  }

  Next ask() {
    Beginning beginning = begin(*sources_.back(), state_->circumstances, state_->now);
    if (const auto* fault = std::get_if<Diagnostic>(&beginning)) return fail(*fault);
    if (auto* credentials = std::get_if<Credentials>(&beginning))
      return got(std::move(*credentials));
    exchange_ = std::get<Exchange>(std::move(beginning));
    is_asking_ = true;
    attempt_ = 1;
    return Send{exchange_.call};
  }

  Next take(const http::Reply& reply, const Judgement& judgement) {
    constexpr Duration rest = std::chrono::seconds{1};
    const bool is_unreachable = reply.failure == http::Failure::not_sent;
    if (is_unreachable && attempt_++ < exchange_.attempts)
      return Pause{"an answer to " + exchange_.call.operation, rest};
    if (judgement.verdict != Verdict::ok) return fail(refusal(reply, judgement));
    Answered answered = exchange_.take(reply);
    if (const auto* fault = std::get_if<Diagnostic>(&answered)) return fail(*fault);
    if (auto* credentials = std::get_if<Credentials>(&answered))
      return got(std::move(*credentials));
    exchange_.call = std::get<Call>(std::move(answered));
    return Send{exchange_.call};
  }

  Diagnostic refusal(const http::Reply& reply, const Judgement& judgement) const {
    constexpr int unauthorized = 401;
    Diagnostic fault = call_failed(exchange_.call, reply, judgement);
    if (reply.status == unauthorized) fault.hint = exchange_.hint;
    return fault;
  }

  Next got(Credentials credentials) {
    if (credentials.expires && *credentials.expires <= state_->now)
      return fail(error("the credentials of " + sources_.back()->origin + " have expired"));
    is_asking_ = false;
    sources_.pop_back();
    if (!sources_.empty()) {
      state_->signing = std::move(credentials);
      return ask();
    }
    accept(*state_, std::move(credentials));
    return Done{};
  }

  /// Who still has good ones tries again later.
  Next fail(Diagnostic fault) {
    State& state = *state_;
    if (state.is_there && !state.is_refused && state.until && state.now < *state.until) {
      state.due = std::min(state.now + kPostponed, *state.until);
      return Done{};
    }
    const Source& source = *sources_.back();
    const auto* const instance = std::get_if<Instance>(&source.how);
    if (instance != nullptr && !instance->looked_in.empty()) return Fail{nowhere(*instance, fault)};
    if (fault.summary.find(source.origin) == std::string::npos)
      fault.summary = source.origin + ": " + fault.summary;
    return Fail{std::move(fault)};
  }

  static Diagnostic nowhere(const Instance& instance, const Diagnostic& fault) {
    std::vector<std::string> looked_in = instance.looked_in;
    looked_in.push_back("machine: metadata service at " + instance.endpoint + ": " + fault.summary +
                        (fault.detail.empty() ? "" : ", " + fault.detail));
    return no_credentials(looked_in);
  }

  std::shared_ptr<State> state_;
  std::vector<const Source*> sources_;
  Exchange exchange_;
  bool is_asking_ = false;
  int attempt_ = 1;
};

}  // namespace

Login::Login(Found found, std::string sts_endpoint, const Surroundings& surroundings)
    : warnings_(std::move(found.warnings)), state_(std::make_shared<State>()) {
  state_->source = std::move(found.source);
  state_->circumstances = {std::move(sts_endpoint), surroundings};
  if (const auto* const given = std::get_if<Given>(&state_->source.how))
    accept(*state_, given->credentials);
}

bool Login::needs_renewal(Time now) const {
  state_->now = now;
  if (!state_->is_there || state_->is_refused) return true;
  return state_->due && now >= *state_->due;
}

void Login::refused() const {
  if (!std::holds_alternative<Given>(state_->source.how)) state_->is_refused = true;
}

const std::string& Login::origin() const { return state_->source.origin; }

std::unique_ptr<Flow> Login::renew() const { return std::make_unique<Renewal>(state_); }

const Credentials& Login::credentials_for(const http::Request& request) const {
  const bool assumes_role =
      request.service == "sts" && request.body.starts_with("Action=AssumeRole&");
  return assumes_role ? state_->signing : state_->current;
}

Result<std::shared_ptr<Login>> find_login(const Value& settings, const Surroundings& surroundings,
                                          std::string sts_endpoint) {
  Result<Found> found = find_source(settings, surroundings);
  if (!found) return found.fault();
  if (sts_endpoint.empty()) {
    const Result<std::string> region = find_region(settings, surroundings);
    if (!region) return region.fault();
    sts_endpoint = endpoint_of({.region = *region}, sts);
  }
  return std::make_shared<Login>(*std::move(found), std::move(sts_endpoint), surroundings);
}

}  // namespace stackctl::aws
