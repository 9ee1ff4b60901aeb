// The way that all commands share: files → declarations → connections → desired → live → plan.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "cli/call_stats.h"
#include "cli/options.h"
#include "cli/screen.h"
#include "cli/world.h"
#include "engine/binding.h"
#include "engine/desired.h"
#include "engine/live.h"
#include "engine/plan.h"
#include "engine/runner.h"
#include "stack/stack.h"

namespace stackctl::cli {

/// The stack file, loaded; its faults are shown, and quoted from now on. Nothing when it has
/// errors.
std::optional<stack::Stack> load_stack(const Options& options, World& world, Screen& screen);

struct Planned {
  engine::Desired desired;
  engine::Live live;
  engine::Plan plan;
};

/// A stack file with the clouds behind it. Every fault is shown by whoever finds it.
class Session {
 public:
  /// Loads and connects. Nothing when that was not possible.
  static std::optional<Session> open(const Options& options, World& world, Screen& screen);

  const stack::Stack& stack() const { return stack_; }
  stack::Stack& stack() { return stack_; }
  const engine::Bindings& bindings() const { return bindings_; }
  engine::Runner& runner() { return *runner_; }
  const CallStats& calls() const { return *calls_; }
  engine::SecretDigests& digests() { return *digests_; }

  /// From now on nothing can be changed.
  void read_only() { runner_->dispatcher().forbid_writes(); }

  /// Lowers the declarations, reads the live objects, compares. Nothing when the declarations could
  /// not be lowered. Faults of the plan are left to the caller.
  std::optional<Planned> plan(std::span<const Declaration> declarations,
                              const engine::PlanOptions& options);
  engine::Live refresh(const engine::Desired& desired) {
    return engine::refresh(*runner_, bindings_, desired);
  }

  /// Writes a simulated cloud back. False when that failed.
  bool close();

 private:
  Session(stack::Stack stack, World& world, Screen& screen)
      : world_(&world), screen_(&screen), stack_(std::move(stack)) {}
  bool reach_clouds(const Options& options);
  bool simulate(const std::string& state_file);
  bool connect();
  bool connect(const stack::ProviderEntry& entry);
  void observe();

  World* world_;
  Screen* screen_;
  stack::Stack stack_;
  Surroundings surroundings_;
  std::unique_ptr<engine::Transport> transport_;
  std::function<std::string()> simulated_state_;  ///< empty: no simulation
  std::string state_file_;
  engine::Bindings bindings_;
  std::unique_ptr<engine::Runner> runner_;
  std::unique_ptr<CallStats> calls_;
  std::unique_ptr<engine::SecretDigests> digests_ = std::make_unique<engine::SecretDigests>();
};

/// What references to objects stand for after a run.
Lookup lookup_in(const std::map<std::string, Value, std::less<>>& known);

}  // namespace stackctl::cli
