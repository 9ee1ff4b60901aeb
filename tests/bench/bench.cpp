// Figures as JSON on standard output, each beside its budget. usage: bench
// CPU seconds are of this process; the virtual ones are of the simulator and repeat exactly.
#include <ctime>
#include <iostream>
#include <sstream>
#include <sys/resource.h>

#include "stackctl/json.h"
#include "support/account.h"
#include "support/example.h"

using namespace stackctl;
using support::Account;

namespace {

double cpu_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

double peak_megabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

double seconds(Duration duration) { return std::chrono::duration<double>(duration).count(); }

constexpr std::uint64_t kSeeds = 20;

struct Run {
  double makespan = 0;
  double calls = 0;
};

/// The mean over a few clouds that take differently long.
Run mean_run(engine::Pace pace) {
  Run mean;
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    Account account({.seed = seed}, {}, pace);
    const engine::Desired wanted = support::lower_example("exoscale-wordpress", account.bindings());
    const engine::Report report = account.apply(wanted);
    mean.makespan += seconds(report.finished - report.started) / kSeeds;
    mean.calls += static_cast<double>(account.transport().call_count()) / kSeeds;
  }
  return mean;
}

/// The example's makespan beside that of a client that looks four times a second at everything.
Value example() {
  using namespace std::chrono_literals;
  const Run least = mean_run({.first = 250ms, .least = 250ms, .most = 250ms});
  const Run ours = mean_run({});
  Account account;
  const engine::Desired wanted = support::lower_example("exoscale-wordpress", account.bindings());
  const engine::Plan plan = account.plan(wanted);
  return Map{{"plan_calls", static_cast<std::int64_t>(plan.calls)},
             {"plan_and_apply_calls", ours.calls},
             {"makespan_seconds", ours.makespan},
             {"lower_bound_seconds", least.makespan},
             {"lower_bound_calls", least.calls},
             {"ratio", ours.makespan / least.makespan},
             {"budget_ratio", 1.05}};
}

std::string big_stack(std::size_t resources) {
  std::ostringstream text;
  text << "stack: big\nprovider: exoscale\nproviders: {exoscale: {zone: ch-gva-2}}\nresources:\n";
  for (std::size_t i = 0; i < resources / 2; ++i)
    text << "  g" << i
         << ":\n    kind: security_group\n    ingress: [{port: 80, from: 0.0.0.0/0}]\n"
         << "  m" << i << ":\n    kind: instance\n    image: Linux Ubuntu 24.04 LTS 64-bit\n"
         << "    size: small\n    security_groups: [\"${g" << i << "}\"]\n";
  return text.str();
}

/// load + lower + plan, all to create, offline but for what lookups need.
Value offline(std::size_t resources) {
  const std::string text = big_stack(resources);
  Account account;
  const double before = cpu_seconds();
  const stack::Loaded loaded = support::load_text(text);
  const double loaded_at = cpu_seconds();
  const engine::Desired wanted =
      engine::lower(loaded.stack.name, loaded.stack.resources, account.bindings());
  const double lowered_at = cpu_seconds();
  const engine::Live live = account.refresh(wanted);
  const double refreshed_at = cpu_seconds();
  const engine::Plan plan = engine::make_plan(wanted, live);
  const double planned_at = cpu_seconds();
  return Map{{"resources", static_cast<std::int64_t>(resources)},
             {"objects", static_cast<std::int64_t>(wanted.objects.size())},
             {"steps", static_cast<std::int64_t>(plan.steps.size())},
             {"load_seconds", loaded_at - before},
             {"lower_seconds", lowered_at - loaded_at},
             {"plan_seconds", planned_at - refreshed_at},
             {"cpu_seconds", planned_at - refreshed_at + lowered_at - before},
             {"peak_megabytes", peak_megabytes()}};
}

/// Creates `resources` resources in virtual time.
Value apply(std::size_t resources) {
  Account account;
  const stack::Loaded loaded = support::load_text(big_stack(resources));
  const engine::Desired wanted =
      engine::lower(loaded.stack.name, loaded.stack.resources, account.bindings());
  const double before = cpu_seconds();
  const engine::Report report = account.apply(wanted);
  const double took = cpu_seconds() - before;
  const auto calls = account.transport().call_count();
  const engine::Plan again = account.plan(wanted);
  return Map{{"resources", static_cast<std::int64_t>(resources)},
             {"calls", static_cast<std::int64_t>(calls)},
             {"virtual_seconds", seconds(report.finished - report.started)},
             {"cpu_seconds", took},
             {"cpu_microseconds_per_call", took * 1e6 / static_cast<double>(calls)},
             {"plan_calls_afterwards", static_cast<std::int64_t>(again.calls)},
             {"quiet_afterwards", again.empty()}};
}

}  // namespace

int main() {
  const Value figures = Map{{"example", example()},
                            {"offline", List{offline(1'000), offline(10'000)}},
                            {"apply", apply(200)}};
  std::cout << json::write(figures, json::Secrets::hidden, 2) << "\n";
}
