// One run of the program against a simulated account: it may die in the middle of it.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/executor.h"
#include "engine/plan.h"
#include "engine/runner.h"
#include "simulator/chaos.h"
#include "simulator/cloud.h"
#include "simulator/transport.h"
#include "support/account.h"
#include "support/echo.h"

namespace support {

using namespace stackctl;

/// What a stack file comes to, and what is asked for with it.
struct Wanted {
  engine::Desired desired;
  engine::PlanOptions options;

  Wanted(const std::string& stack, const std::vector<Declaration>& declarations,
         const engine::Bindings& bindings);
};

/// What lasts from one run to the next: the account, and what would only be computed again.
struct Lab {
  simulator::Settings settings;
  engine::Bindings bindings{bind(settings)};
  engine::SecretDigests digests;
  simulator::Cloud cloud{settings};
  bool is_traced = false;  ///< every write of a client is told to stderr

  void load(const std::string& saved);
  /// The saved state once nothing is under way any more; nothing when that does not come.
  std::optional<std::string> settled();
};

class Client {
 public:
  explicit Client(Lab& lab, std::vector<simulator::Fault> faults = {}, std::uint64_t seed = 1);
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  engine::Live refresh(const Wanted& wanted) {
    return engine::refresh(*runner_, lab_.bindings, wanted.desired);
  }
  engine::Plan plan(const Wanted& wanted);
  /// Nothing when it died; what it had sent by then still reaches the cloud.
  std::optional<engine::Report> carry_out(const engine::Plan& plan);

  const simulator::Chaos& chaos() const { return chaos_; }

 private:
  void trace(const http::Request& request, const http::Reply& reply) const;
  void bury();

  Lab& lab_;
  simulator::Chaos chaos_;
  simulator::SimulatedTransport transport_;
  std::unique_ptr<engine::Runner> runner_;
  support::Echo echo_;
};

/// Why a plan cannot be applied, or an application did not succeed; empty otherwise.
std::string refusal(const engine::Plan& plan);
std::string failure(const engine::Plan& plan, const engine::Report& report);

/// What cannot be so in any report, however things went; empty: nothing.
std::string contradiction(const engine::Plan& plan, const engine::Report& report);

}  // namespace support
