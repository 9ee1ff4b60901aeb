// The engine alone: a made-up cloud whose replies need no parsing.
#include <algorithm>

#include "bench/bench.h"
#include "bench/made_up_cloud.h"
#include "bench/meter.h"
#include "engine/executor.h"
#include "engine/planning.h"

namespace bench {
namespace {

struct Rates {
  double reads = 0;
  double writes = 0;
};

double seconds(Duration duration) { return std::chrono::duration<double>(duration).count(); }

Value apply(std::size_t objects, Rates rates) {
  Inventory inventory;
  MadeUpTransport transport(inventory);
  const engine::Bindings bindings{made_up_account(inventory, rates.reads, rates.writes)};
  const engine::Plan plan = engine::make_plan(made_up_stack(objects), {});
  engine::Runner runner(transport, 1);
  inventory.cpu = 0;
  const double before = cpu_seconds();
  const engine::Report report = engine::execute(plan, bindings, runner, {});
  const double total = cpu_seconds() - before;

  const double makespan = seconds(report.finished - report.started);
  const double rate_bound = static_cast<double>(inventory.writes) / rates.writes - kBurst;
  const double bound = std::max(rate_bound, seconds(critical_path()));
  const auto calls = static_cast<double>(inventory.reads + inventory.writes);
  return Map{{"objects", static_cast<std::int64_t>(objects)},
             {"done", report.succeeded()},
             {"writes", static_cast<std::int64_t>(inventory.writes)},
             {"reads", static_cast<std::int64_t>(inventory.reads)},
             {"writes_per_second", rates.writes},
             {"critical_path_seconds", seconds(critical_path())},
             {"rate_bound_seconds", rate_bound},
             {"makespan_seconds", makespan},
             {"makespan_ratio", makespan / bound},
             {"engine_microseconds_per_call", (total - inventory.cpu) * 1e6 / calls},
             {"made_up_cloud_seconds", inventory.cpu}};
}

}  // namespace

Value engine_alone(std::size_t objects) {
  constexpr Rates kSlow{.reads = 20, .writes = 10};  // as the Exoscale provider has it
  constexpr Rates kFast{.reads = 1000, .writes = 500};
  return Map{{"slow", apply(objects, kSlow)}, {"fast", apply(objects, kFast)}};
}

}  // namespace bench
