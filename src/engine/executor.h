// Carries out a plan: one loop, every ready step at once, the longest remaining path first.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "engine/binding.h"
#include "engine/commands.h"
#include "engine/events.h"
#include "engine/plan.h"
#include "engine/runner.h"
#include "stackctl/diagnostic.h"

namespace stackctl::engine {

enum class Outcome {
  done,
  failed,
  skipped,      ///< something that it needs failed
  not_started,  ///< the run was stopped before
  cut_short,    ///< the run was stopped in the middle of it; the next run goes on
};

struct StepResult {
  Outcome outcome = Outcome::not_started;
  Time started{};
  Time finished{};
  std::string id;
  Diagnostic why;              ///< of a failure
  std::size_t blocked_by = 0;  ///< of a skipped step: the failed one at the root
};

struct Report {
  std::vector<StepResult> results;  ///< as `Plan::steps`
  Time started{};
  Time finished{};
  bool interrupted = false;
  /// Steps, first to last, each of which began when the one before ended: what set the wall time.
  std::vector<std::size_t> critical_path;
  /// What the calls of this run take at the limits of their lanes.
  Duration rate_bound{};
  /// Attributes of every object that is there now; for outputs.
  Known known;

  bool succeeded() const;
  std::size_t count(Outcome outcome) const;
};

struct ExecuteOptions {
  std::size_t parallelism = 4096;    ///< steps under way at once
  Listener listener;                 ///< may be empty
  Commands* commands = nullptr;      ///< runs hooks; null: they fail
  SecretDigests* digests = nullptr;  ///< may be null
  /// How often the user asked to stop: 0 go on, 1 finish what runs, 2 stop now.
  std::function<int()> interrupts;
};

Report execute(const Plan& plan, const Bindings& bindings, Runner& runner,
               const ExecuteOptions& options);

}  // namespace stackctl::engine
