#include "aws/account.h"

#include <algorithm>
#include <cstdlib>
#include <stdexcept>

#include "aws/provider.h"
#include "stackctl/json.h"

namespace aws_test {
namespace {

using namespace std::chrono_literals;

std::string variable(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? "" : value;
}

void must_hold(const Diagnostics& faults) {
  if (faults.empty()) return;
  const Diagnostic& fault = faults.front();
  throw std::runtime_error(fault.address + ": " + fault.summary + ": " + fault.detail);
}

/// A loopback server has no limits worth keeping to.
class Unhurried final : public Connection {
 public:
  explicit Unhurried(std::unique_ptr<Connection> real) : real_(std::move(real)) {}

  std::string where() const override { return real_->where(); }
  Lane lane(Access /*access*/) const override {
    return {.depth = 8, .per_second = 10000, .burst = 10000};
  }
  std::unique_ptr<Flow> list(std::string_view listing, const Interest& interest) const override {
    return real_->list(listing, interest);
  }
  std::vector<LiveObject> decode(const ResourceType& type, const Value& listed,
                                 Diagnostics& faults) const override {
    return real_->decode(type, listed, faults);
  }
  std::unique_ptr<Flow> carry_out(Work work) const override {
    return real_->carry_out(std::move(work));
  }
  bool needs_login(Time now) const override { return real_->needs_login(now); }
  std::unique_ptr<Flow> log_in() const override { return real_->log_in(); }
  void login_refused() const override { real_->login_refused(); }
  void sign(http::Request& request, Time now) const override { real_->sign(request, now); }
  Judgement judge(const Call& call, const http::Reply& reply) const override {
    return real_->judge(call, reply);
  }

 private:
  std::unique_ptr<Connection> real_;
};

engine::Binding bind(const Provider& provider) {
  Surroundings surroundings;
  surroundings.environment = [](std::string_view name) -> std::optional<std::string> {
    const std::string value = variable(std::string(name).c_str());
    return value.empty() ? std::nullopt : std::optional(value);
  };
  surroundings.read_file = [](std::string_view) { return std::nullopt; };
  surroundings.run = [](const auto&) -> Result<std::string> { return error("no commands here"); };
  auto connection = aws::provider.connect(Map{}, surroundings);
  if (!connection) throw std::runtime_error(connection.fault().summary);
  return {"aws", &provider, std::make_shared<Unhurried>(*std::move(connection))};
}

constexpr engine::Pace kPace{
    .first = 5ms, .least = 50ms, .most = 200ms, .busy = 10ms, .busy_object = 0ms};
constexpr engine::RetryPolicy kRetries{.attempts = 8, .base = 50ms, .cap = 2s};

}  // namespace

bool is_there() { return !variable("STACKCTL_BY_HAND").empty(); }

bool is_moto() { return !variable("STACKCTL_IS_MOTO").empty(); }

Account::Account()
    : provider_(aws::provider),
      bindings_{bind(provider_)},
      runner_(transport_, 1, kRetries, kPace) {}

void Account::look_at(const engine::Desired& desired) {
  types_.clear();
  for (const engine::DesiredObject& wanted : desired.objects)
    if (std::ranges::find(types_, wanted.object.type) == types_.end())
      types_.push_back(wanted.object.type);
  provider_.types = types_;
}

engine::Live Account::refresh(const engine::Desired& desired) {
  engine::Live live = engine::refresh(runner_, bindings_, desired);
  must_hold(live.faults);
  return live;
}

engine::Plan Account::plan(const engine::Desired& desired) {
  engine::PlanOptions how;
  how.digests = &digests_;
  return engine::make_plan(desired, refresh(desired), how);
}

void Account::apply(const engine::Desired& desired) {
  const engine::Plan plan = this->plan(desired);
  must_hold(plan.faults);
  engine::ExecuteOptions options;
  options.digests = &digests_;
  const engine::Report report = engine::execute(plan, bindings_, runner_, options);
  for (std::size_t i = 0; i < plan.steps.size(); ++i)
    if (report.results[i].outcome == engine::Outcome::failed) {
      Diagnostic why = report.results[i].why;
      why.address = plan.steps[i].address;
      must_hold({std::move(why)});
    }
}

LiveObject Account::find(const engine::Desired& desired, const std::string& address) {
  for (const auto& [object, binding] : refresh(desired).objects)
    if (engine::owned_by(object, desired.stack) && object.mark->address == address) return object;
  throw std::runtime_error("no live object at " + address);
}

Value Account::ask_by_hand(const std::string& path, const Value& question) {
  constexpr engine::Ticket kOurs = ~engine::Ticket{0};
  http::Request request;
  request.method = "POST";
  request.url = variable("STACKCTL_BY_HAND") + path;
  request.body = json::write(question);
  transport_.start(kOurs, std::move(request));
  const auto arrival = transport_.wait(Time::max());
  if (!arrival) throw std::runtime_error("nobody works by hand");
  const Result<Value> answer = json::parse(arrival->reply.body);
  if (arrival->reply.status != 200 || !answer)
    throw std::runtime_error("by hand: " + json::write(question) + ": " + arrival->reply.body);
  return *answer;
}

Value Account::by_hand(std::string_view service, std::string_view method, const Value& arguments) {
  return ask_by_hand("/", Map{{"service", service}, {"method", method}, {"arguments", arguments}});
}

void Account::power_off_builders() { ask_by_hand("/power_off", Map{}); }

void Account::reset() { ask_by_hand("/reset", Map{}); }

std::vector<std::string> Account::inventory() {
  std::vector<std::string> out;
  const Value lines = ask_by_hand("/inventory", Map{});
  for (const Value& line : lines.items()) out.push_back(*line.text());
  return out;
}

engine::DesiredObject want(std::string address, std::string_view type, Map attributes,
                           bool is_lookup) {
  const auto types = aws::provider.types;
  const auto found =
      std::ranges::find_if(types, [&](const auto* each) { return each->name == type; });
  if (found == types.end()) throw std::runtime_error("no type " + std::string(type));
  engine::DesiredObject wanted;
  wanted.resource = address.substr(0, address.find('/'));
  wanted.object.address = std::move(address);
  wanted.object.type = *found;
  wanted.object.attributes = std::move(attributes);
  wanted.object.is_lookup = is_lookup;
  engine::Declared declared;
  declared.lifecycle.create_timeout = declared.lifecycle.update_timeout =
      declared.lifecycle.delete_timeout = 20s;
  wanted.declared = std::make_shared<const engine::Declared>(std::move(declared));
  for (const Reference& reference : references(wanted.object.attributes))
    if (std::ranges::find(wanted.needs, reference.target) == wanted.needs.end())
      wanted.needs.push_back(reference.target);
  return wanted;
}

}  // namespace aws_test
