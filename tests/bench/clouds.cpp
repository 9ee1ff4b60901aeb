// The whole way: the provider of Exoscale in front of its simulator, in virtual time.
#include <algorithm>
#include <map>
#include <set>
#include <stdexcept>

#include "bench/bench.h"
#include "bench/big_stack.h"
#include "bench/meter.h"
#include "engine/bound.h"
#include "support/account.h"
#include "support/example.h"

namespace bench {
namespace {

using namespace stackctl;
using support::Account;

double seconds(Duration duration) { return std::chrono::duration<double>(duration).count(); }

engine::Desired lower(Account& account, const std::string& text) {
  const stack::Loaded loaded = support::load_text(text);
  return engine::lower(loaded.stack.name, loaded.stack.resources, account.bindings());
}

std::size_t types_in(const engine::Desired& desired) {
  std::set<const ResourceType*> types;
  for (const engine::DesiredObject& object : desired.objects)
    if (!object.object.is_lookup) types.insert(object.object.type);
  return types.size();
}

struct Run {
  double makespan = 0;
  double calls = 0;
};

/// The mean over a few clouds that take differently long.
Run mean_run(engine::Pace pace) {
  constexpr std::uint64_t kSeeds = 20;
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

}  // namespace

Value example(std::size_t) {
  using namespace std::chrono_literals;
  const Run least = mean_run({.first = 250ms, .least = 250ms, .most = 250ms});
  const Run ours = mean_run({});
  Account account;
  const engine::Plan plan =
      account.plan(support::lower_example("exoscale-wordpress", account.bindings()));
  return Map{{"plan_calls", static_cast<std::int64_t>(plan.calls)},
             {"plan_and_apply_calls", ours.calls},
             {"makespan_seconds", ours.makespan},
             {"impatient_seconds", least.makespan},
             {"impatient_calls", least.calls},
             {"makespan_ratio", ours.makespan / least.makespan}};
}

Value plan(std::size_t objects) {
  Account account;
  const engine::Desired wanted = lower(account, mixed_stack(objects));
  account.apply(wanted);
  const double before = cpu_seconds();
  const engine::Plan plan = account.plan(wanted);
  return Map{{"objects", static_cast<std::int64_t>(plan.unchanged)},
             {"types", static_cast<std::int64_t>(types_in(wanted))},
             {"quiet", plan.empty()},
             {"calls", static_cast<std::int64_t>(plan.calls)},
             {"virtual_seconds", seconds(plan.took)},
             {"cpu_seconds", cpu_seconds() - before}};
}

Value apply(std::size_t objects) {
  Account account;
  const engine::Desired wanted = lower(account, mixed_stack(objects));
  const engine::Plan plan = account.plan(wanted);
  const std::uint64_t calls_before = account.transport().call_count();
  const double before = cpu_seconds();
  const engine::Report report = account.carry_out(plan);
  const double took = cpu_seconds() - before;
  const std::uint64_t calls = account.transport().call_count() - calls_before;
  const Duration makespan = report.finished - report.started;
  const engine::Plan again = account.plan(wanted);
  return Map{{"objects", static_cast<std::int64_t>(plan.summary().add)},
             {"calls", static_cast<std::int64_t>(calls)},
             {"makespan_seconds", seconds(makespan)},
             {"longest_chain_seconds", seconds(engine::longest_chain(plan, report))},
             {"rate_bound_seconds", seconds(report.rate_bound)},
             {"makespan_ratio", seconds(makespan) / seconds(engine::lower_bound(plan, report))},
             {"cpu_seconds", took},
             {"whole_microseconds_per_call", took * 1e6 / static_cast<double>(calls)},
             {"plan_calls_afterwards", static_cast<std::int64_t>(again.calls)},
             {"quiet_afterwards", again.empty()}};
}

Value members(std::size_t count) {
  Account account;
  account.apply(lower(account, pool_stack(1)));
  const engine::Desired wanted = lower(account, pool_stack(count));
  const engine::Plan plan = account.plan(wanted);
  const auto before = account.transport().call_count();
  const engine::Report report = account.carry_out(plan);
  const auto calls = account.transport().call_count() - before;
  const LiveObject pool = account.find(wanted, "pool");
  return Map{{"members", static_cast<std::int64_t>(pool.attributes["members"].items().size())},
             {"calls", static_cast<std::int64_t>(calls)},
             {"virtual_seconds", seconds(report.finished - report.started)}};
}

}  // namespace bench
