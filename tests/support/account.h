// A simulated account in virtual time, with the provider and the engine in front of it.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/executor.h"
#include "engine/plan.h"
#include "engine/runner.h"
#include "simulator/cloud.h"
#include "simulator/transport.h"
#include "stackctl/provider.h"

namespace support {

using namespace stackctl;

class Account {
 public:
  /// `wrap` may stand between the requests and the cloud: count, refuse, lose answers.
  using Wrap = std::function<simulator::Routed(simulator::Cloud&, const http::Request&, Time)>;
  explicit Account(const simulator::Settings& settings = {}, Wrap wrap = {},
                   engine::Pace pace = {});

  engine::Live refresh(const engine::Desired& desired);
  engine::Plan plan(const engine::Desired& desired, const engine::PlanOptions& options = {});
  /// Throws the first fault, if any, as std::runtime_error.
  engine::Report carry_out(const engine::Plan& plan);
  /// Plans and carries out.
  engine::Report apply(const engine::Desired& desired, const engine::PlanOptions& options = {});
  /// The same, but everything of the client dies after `writes` changes were sent; what was sent
  /// reaches the cloud. Returns whether it got that far.
  bool apply_and_die(const engine::Desired& desired, std::size_t writes,
                     const engine::PlanOptions& options = {});
  /// Runs the hooks from now on, and must outlive this; without one they fail.
  void run_hooks_with(engine::Commands& commands) { commands_ = &commands; }

  /// A request that somebody else makes, signed, its operation waited for. Returns the last answer.
  /// `path` is one of the API, or a whole URL; it may have a query.
  http::Reply by_hand(std::string method, const std::string& path, std::string body = {});

  /// The live object of the stack at `address`; throws when there is none.
  LiveObject find(const engine::Desired& desired, const std::string& address);

  simulator::Cloud& cloud() { return cloud_; }
  engine::Runner& runner() { return *runner_; }
  const engine::Bindings& bindings() const { return bindings_; }
  simulator::SimulatedTransport& transport() { return *transport_; }

 private:
  http::Reply send(http::Request request);

  simulator::Settings settings_;
  simulator::Cloud cloud_;
  Wrap wrap_;
  std::unique_ptr<simulator::SimulatedTransport> transport_;
  engine::Bindings bindings_;
  std::unique_ptr<engine::Runner> runner_;
  engine::Commands* commands_ = nullptr;
  engine::SecretDigests digests_;
};

/// The connection of the provider that `settings` describe.
engine::Binding bind(const simulator::Settings& settings);

/// A desired object of stack "s"; its needs are read from its references.
engine::DesiredObject want(std::string address, std::string_view type, Map attributes,
                           bool is_lookup = false);
engine::Desired desired(std::vector<engine::DesiredObject> objects);

/// One line a step: "update web: size, labels"; faults as "! …".
std::string brief(const engine::Plan& plan);

}  // namespace support
