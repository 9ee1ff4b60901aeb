#include "support/client.h"

#include <iostream>
#include <stdexcept>
#include <utility>

namespace support {
namespace {

using namespace std::chrono_literals;

constexpr auto kRest = 6h;        // longer than anything in the cloud takes
constexpr auto kOnTheWay = 1min;  // longer than a request takes, or an answer

/// Thrown through the client, so that nothing of it is left.
struct Death {};

/// Waiting costs nothing in virtual time, but every look does.
constexpr engine::Pace kPace{.first = 500ms, .least = 5s, .most = 20s, .share = 6};

std::string words_of(const Diagnostic& fault) {
  return fault.address + ": " + fault.summary + (fault.detail.empty() ? "" : ": " + fault.detail);
}

}  // namespace

Wanted::Wanted(const std::string& stack, const std::vector<Declaration>& declarations,
               const engine::Bindings& bindings)
    : desired(engine::lower(stack, declarations, bindings)) {
  options.lifecycles = engine::bound_lifecycles(declarations, desired);
}

void Lab::load(const std::string& saved) {
  if (const auto fault = cloud.load(saved, Time::max())) throw std::runtime_error(fault->summary);
}

std::optional<std::string> Lab::settled() {
  cloud.handle({}, cloud.clock() + kRest);  // whatever it is: first it completes what is due
  return cloud.next_event() ? std::nullopt : std::optional(cloud.save());
}

Client::Client(Lab& lab, std::vector<simulator::Fault> faults, std::uint64_t seed)
    : lab_(lab),
      chaos_(std::move(faults), seed, [] { throw Death(); }),
      transport_(lab.cloud.clock(),
                 [this](const http::Request& request, Time now) {
                   const auto writes = chaos_.writes();
                   simulator::Routed routed = chaos_.handle(lab_.cloud, request, now);
                   if (lab_.is_traced && chaos_.writes() != writes) trace(request, routed.reply);
                   return routed;
                 }),
      runner_(std::make_unique<engine::Runner>(transport_, 1, engine::RetryPolicy{}, kPace)) {}

engine::Plan Client::plan(const Wanted& wanted) {
  engine::PlanOptions options = wanted.options;
  options.digests = &lab_.digests;
  return engine::make_plan(wanted.desired, refresh(wanted), options);
}

std::optional<engine::Report> Client::carry_out(const engine::Plan& plan) {
  engine::ExecuteOptions options;
  options.commands = &echo_;
  options.digests = &lab_.digests;
  try {
    return engine::execute(plan, lab_.bindings, *runner_, options);
  } catch (const Death&) {
    bury();
    return std::nullopt;
  }
}

void Client::trace(const http::Request& request, const http::Reply& reply) const {
  std::cerr << chaos_.writes() << ' ' << request.method << ' ' << request.url << ' '
            << request.body.substr(0, 200) << " -> " << reply.status << ' '
            << reply.body.substr(0, 200) << '\n';
}

void Client::bury() {
  runner_.reset();
  chaos_ = simulator::Chaos({}, 1);
  while (transport_.wait(transport_.now() + kOnTheWay)) continue;
}

std::string refusal(const engine::Plan& plan) {
  for (const Diagnostic& fault : plan.faults)
    if (fault.severity == Severity::error) return words_of(fault);
  return {};
}

std::string failure(const engine::Plan& plan, const engine::Report& report) {
  for (const engine::StepResult& result : report.results)
    if (result.outcome == engine::Outcome::failed) return words_of(result.why);
  for (std::size_t i = 0; i < report.results.size(); ++i)
    if (report.results[i].outcome != engine::Outcome::done)
      return plan.steps[i].address + ": not done";
  return {};
}

std::string contradiction(const engine::Plan& plan, const engine::Report& report) {
  using engine::Outcome;
  for (std::size_t i = 0; i < report.results.size(); ++i) {
    const engine::StepResult& result = report.results[i];
    const std::string& address = plan.steps[i].address;
    if (result.outcome == Outcome::failed && result.why.summary.empty())
      return address + " failed without a reason";
    if (result.outcome == Outcome::skipped &&
        report.results[result.blocked_by].outcome != Outcome::failed)
      return address + " was skipped for something that did not fail";
    if (result.outcome == Outcome::not_started) return address + " was not even tried";
  }
  return {};
}

}  // namespace support
