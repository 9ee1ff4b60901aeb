#include "support/account.h"

#include <algorithm>
#include <stdexcept>

#include "exoscale/provider.h"
#include "stackctl/json.h"

namespace support {
namespace {

using namespace std::chrono_literals;

constexpr Time kStart{std::chrono::sys_days{std::chrono::year{2026} / 1 / 1}};
constexpr std::string_view kEndpoint = "https://api-ch-gva-2.exoscale.com/v2";

const ResourceType& type_called(std::string_view name) {
  const auto types = exoscale::provider.types;
  const auto type = std::ranges::find_if(types, [&](const auto* t) { return t->name == name; });
  if (type == types.end()) throw std::runtime_error("no type " + std::string(name));
  return **type;
}

void must_hold(const Diagnostics& faults) {
  if (faults.empty()) return;
  const Diagnostic& fault = faults.front();
  throw std::runtime_error(fault.address + ": " + fault.summary + ": " + fault.detail);
}

}  // namespace

engine::Binding bind(const simulator::Settings& settings) {
  Surroundings surroundings;
  surroundings.environment = [&](std::string_view name) -> std::optional<std::string> {
    if (name == "EXOSCALE_API_KEY") return settings.key;
    if (name == "EXOSCALE_API_SECRET") return settings.secret;
    if (name == "EXOSCALE_ZONE") return settings.zone;
    return std::nullopt;
  };
  surroundings.read_file = [](std::string_view) { return std::nullopt; };
  surroundings.run = [](const auto&) -> Result<std::string> { return error("no commands here"); };
  auto connection = exoscale::provider.connect(Map{}, surroundings);
  if (!connection) throw std::runtime_error(connection.fault().summary);
  return {"exoscale", &exoscale::provider, std::move(*connection)};
}

Account::Account(const simulator::Settings& settings, Wrap wrap, engine::Pace pace)
    : settings_(settings),
      cloud_(settings),
      wrap_(std::move(wrap)),
      transport_(std::make_unique<simulator::SimulatedTransport>(
          kStart,
          [this](const http::Request& request, Time now) {
            if (wrap_) return wrap_(cloud_, request, now);
            return simulator::Routed(cloud_.handle(request, now));
          })),
      bindings_{bind(settings)},
      runner_(std::make_unique<engine::Runner>(*transport_, 1, engine::RetryPolicy{}, pace)) {}

engine::Live Account::refresh(const engine::Desired& desired) {
  return engine::refresh(*runner_, bindings_, desired);
}

engine::Plan Account::plan(const engine::Desired& desired, const engine::PlanOptions& options) {
  engine::PlanOptions how = options;
  how.digests = &digests_;
  return engine::make_plan(desired, refresh(desired), how);
}

engine::Report Account::carry_out(const engine::Plan& plan) {
  must_hold(plan.faults);
  engine::ExecuteOptions options;
  options.commands = commands_;
  options.digests = &digests_;
  engine::Report report = engine::execute(plan, bindings_, *runner_, options);
  for (const engine::StepResult& result : report.results)
    if (result.outcome == engine::Outcome::failed) must_hold({result.why});
  return report;
}

engine::Report Account::apply(const engine::Desired& desired, const engine::PlanOptions& options) {
  return carry_out(plan(desired, options));
}

bool Account::apply_and_die(const engine::Desired& desired, std::size_t writes,
                            const engine::PlanOptions& options) {
  const engine::Plan plan = this->plan(desired, options);
  must_hold(plan.faults);
  std::size_t sent = 0;
  engine::ExecuteOptions execution;
  execution.commands = commands_;
  execution.digests = &digests_;
  // The death comes between two events of the loop, as soon as that many answers are in.
  execution.interrupts = [&] { return sent >= writes ? 2 : 0; };
  runner_->dispatcher().on_attempt(
      [&](const engine::Attempt& attempt) { sent += attempt.access == Access::write ? 1 : 0; });
  engine::execute(plan, bindings_, *runner_, execution);
  runner_ = std::make_unique<engine::Runner>(*transport_, 1);
  return sent >= writes;
}

http::Reply Account::send(http::Request request) {
  bindings_.front().connection->sign(request, transport_->now());
  constexpr engine::Ticket kOurs = ~engine::Ticket{0};
  transport_->start(kOurs, std::move(request));
  return transport_->wait(Time::max())->reply;
}

http::Reply Account::by_hand(std::string method, const std::string& path, std::string body) {
  http::Request request;
  request.method = std::move(method);
  const bool is_whole = path.starts_with("https://");
  const std::size_t mark = path.find('?');
  request.url = (is_whole ? "" : std::string(kEndpoint)) + path.substr(0, mark);
  if (mark != std::string::npos) request.query = http::parse_query(path.substr(mark + 1));
  if (!body.empty()) request.headers = {{"Content-Type", "application/json"}};
  request.body = std::move(body);
  http::Reply reply = send(std::move(request));
  if (reply.status / 100 != 2) throw std::runtime_error(path + ": " + reply.body);
  while (true) {
    const auto operation = json::parse(reply.body);
    if (!operation || operation->text_at("state") != "pending") return reply;
    transport_->wait(transport_->now() + 1s);
    http::Request poll;
    poll.url = std::string(kEndpoint) + "/operation/" + std::string(operation->text_at("id"));
    reply = send(std::move(poll));
  }
}

LiveObject Account::find(const engine::Desired& desired, const std::string& address) {
  for (const auto& [object, binding] : refresh(desired).objects)
    if (engine::owned_by(object, desired.stack) && object.mark->address == address) return object;
  throw std::runtime_error("no live object at " + address);
}

engine::DesiredObject want(std::string address, std::string_view type, Map attributes,
                           bool is_lookup) {
  engine::DesiredObject wanted;
  wanted.resource = address.substr(0, address.find('/'));
  wanted.object.address = std::move(address);
  wanted.object.type = &type_called(type);
  wanted.object.attributes = std::move(attributes);
  wanted.object.is_lookup = is_lookup;
  for (const Reference& reference : references(wanted.object.attributes))
    if (std::ranges::find(wanted.needs, reference.target) == wanted.needs.end())
      wanted.needs.push_back(reference.target);
  return wanted;
}

engine::Desired desired(std::vector<engine::DesiredObject> objects) {
  engine::Desired desired;
  desired.stack = "s";
  desired.objects = std::move(objects);
  return desired;
}

std::string brief(const engine::Plan& plan) {
  constexpr std::string_view words[] = {"create", "update", "replace", "remove", "read", "run"};
  std::string out;
  for (const engine::Step& step : plan.steps) {
    out += std::string(words[static_cast<std::size_t>(step.action)]) + " " + step.address;
    for (std::size_t i = 0; i < step.changes.size(); ++i)
      out += (i == 0 ? ": " : ", ") + step.changes[i].attribute;
    out += "\n";
  }
  for (const Diagnostic& fault : plan.faults) out += "! " + fault.summary + "\n";
  return out;
}

}  // namespace support
