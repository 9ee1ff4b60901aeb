// The way that all commands share: files → declarations → connections → desired → live → plan.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "cli/call_stats.h"
#include "cli/lock.h"
#include "cli/options.h"
#include "cli/plan_inputs.h"
#include "cli/screen.h"
#include "cli/trace.h"
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
/// The same, and notes in `record` what it was loaded from.
std::optional<stack::Stack> load_stack(const Options& options, World& world, Screen& screen,
                                       StackInputs& record);

/// Where `--simulate` keeps its cloud: "examples/.stack.yaml.simulated.json".
std::string simulated_state_file(const Options& options);

/// What a command is about to do. Whoever may change something holds the lease of the stack.
enum class Purpose { look, change };

struct Planned {
  engine::Desired desired;
  engine::Live live;
  engine::Plan plan;
};

/// A stack file with the clouds behind it. Every fault is shown by whoever finds it.
class Session {
 public:
  /// Loads, takes the lease where that is needed, connects. Nothing when that was not possible.
  static std::optional<Session> open(const Options& options, World& world, Screen& screen,
                                     Purpose purpose = Purpose::look);

  const stack::Stack& stack() const { return stack_; }
  stack::Stack& stack() { return stack_; }
  const engine::Bindings& bindings() const { return bindings_; }
  engine::Runner& runner() { return *runner_; }
  const CallStats& calls() const { return *calls_; }
  engine::SecretDigests& digests() { return *digests_; }
  /// What the stack was loaded from; only where the options name a plan file.
  const StackInputs& inputs() const { return inputs_; }
  /// False from the moment on that the lease is lost: nothing must be started any more. To be
  /// called often.
  bool keep_lock() { return lock_ == nullptr || lock_->keep(); }
  /// What `--trace` collects; null: nothing.
  Trace* trace() { return trace_.get(); }

  /// From now on nothing can be changed.
  void read_only() { runner_->dispatcher().forbid_writes(); }

  /// Lowers the declarations, reads the live objects, compares. Nothing when the declarations could
  /// not be lowered. Faults of the plan are left to the caller.
  std::optional<Planned> plan(std::span<const Declaration> declarations,
                              const engine::PlanOptions& options);
  engine::Live refresh(const engine::Desired& desired,
                       engine::Detail detail = engine::Detail::asked) {
    return engine::refresh(*runner_, bindings_, desired, detail);
  }

  /// Writes a simulated cloud back where it may have been changed, and the trace. False when that
  /// failed.
  bool close();

 private:
  Session(stack::Stack stack, World& world, Screen& screen)
      : world_(&world), screen_(&screen), stack_(std::move(stack)) {}
  bool reach_clouds(const Options& options);
  bool simulate(const Options& options);
  bool connect();
  bool connect(const stack::ProviderEntry& entry);
  Result<std::unique_ptr<Connection>> connect(const Provider& provider,
                                              const Value& settings) const;
  void observe(const Options& options);
  bool write(const std::string& file, const std::string& text);

  World* world_;
  Screen* screen_;
  std::unique_ptr<Lock> lock_;  ///< null: there is nothing to be changed
  stack::Stack stack_;
  StackInputs inputs_;
  Surroundings surroundings_;
  std::unique_ptr<engine::Transport> transport_;
  std::vector<std::string> simulated_;            // providers
  std::function<std::string()> simulated_state_;  ///< empty: no simulation
  std::string state_file_;
  std::string trace_file_;
  std::unique_ptr<Trace> trace_;
  engine::Bindings bindings_;
  std::unique_ptr<engine::Runner> runner_;
  std::unique_ptr<CallStats> calls_;
  std::unique_ptr<engine::SecretDigests> digests_ = std::make_unique<engine::SecretDigests>();
};

/// What references to objects stand for after a run.
Lookup lookup_in(const engine::Known& known);

}  // namespace stackctl::cli
