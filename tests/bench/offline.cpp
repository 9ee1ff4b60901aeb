#include "bench/offline.h"

#include <cmath>
#include <cstdio>
#include <ctime>
#include <functional>
#include <stdexcept>
#include <string>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench/big_stack.h"
#include "stackctl/json.h"
#include "support/account.h"
#include "support/example.h"

namespace bench {
namespace {

using namespace stackctl;
using support::Account;

enum class Cloud { empty, unchanged };

double cpu_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

double peak_megabytes() {
  constexpr double kKilobytes = 1024;
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / kKilobytes;
}

/// An object as the cloud would show it after an apply of `desired`.
LiveObject made(const engine::Desired& desired, const engine::DesiredObject& wanted,
                const Value& attributes) {
  LiveObject object;
  object.type = wanted.object.type;
  object.id = "id of " + wanted.object.address;
  Map seen = *attributes.map();
  for (const Attribute& attribute : object.type->schema)
    if (!attribute.standard.is_null())
      seen.try_emplace(std::string(attribute.name), attribute.standard);
  seen.insert_or_assign("id", object.id);
  object.attributes = std::move(seen);
  if (object.type->parent.empty())
    object.mark = {
        desired.stack, wanted.object.address,
        engine::make_spec(object.type->schema, attributes, {desired.stack, wanted.object.address})};
  return object;
}

/// What is there when all of `desired` was applied.
engine::Live applied(const engine::Desired& desired, engine::Live live) {
  engine::Known known = engine::make_plan(desired, live).known;
  const Lookup lookup = [&](const Reference& reference) -> std::optional<Value> {
    return known.at(reference.target)[reference.attribute];
  };
  for (const engine::DesiredObject& wanted : desired.objects) {
    if (wanted.object.is_lookup) continue;
    const Result<Value> attributes = resolve(wanted.object.attributes, lookup);
    if (!attributes) throw std::runtime_error(attributes.fault().summary);
    LiveObject object = made(desired, wanted, *attributes);
    known.insert_or_assign(wanted.object.address, object.attributes);
    live.objects.push_back({std::move(object), wanted.binding});
  }
  return live;
}

Value measure(std::size_t resources, Cloud cloud) {
  const std::string text = big_stack(resources);
  Account account;
  const double began = cpu_seconds();
  const stack::Loaded loaded = support::load_text(text);
  const double loaded_at = cpu_seconds();
  const engine::Desired wanted =
      engine::lower(loaded.stack.name, loaded.stack.resources, account.bindings());
  const double lowered_at = cpu_seconds();
  engine::Live live = account.refresh(wanted);
  if (cloud == Cloud::unchanged) live = applied(wanted, std::move(live));
  const double refreshed_at = cpu_seconds();
  const engine::Plan plan = engine::make_plan(wanted, live);
  const double planned_at = cpu_seconds();
  return Map{{"resources", static_cast<std::int64_t>(resources)},
             {"objects", static_cast<std::int64_t>(wanted.objects.size())},
             {"steps", static_cast<std::int64_t>(plan.steps.size())},
             {"unchanged", static_cast<std::int64_t>(plan.unchanged)},
             {"load_seconds", loaded_at - began},
             {"lower_seconds", lowered_at - loaded_at},
             {"plan_seconds", planned_at - refreshed_at},
             {"cpu_seconds", planned_at - refreshed_at + lowered_at - began},
             {"peak_megabytes", peak_megabytes()}};
}

/// In a process of its own, so that the peak of its memory is its own too.
Value apart(const std::function<Value()>& measurement) {
  int ends[2];
  if (pipe(ends) != 0) throw std::runtime_error("no pipe");
  const pid_t child = fork();
  if (child == 0) {
    FILE* const out = fdopen(ends[1], "w");
    std::fputs(json::write(measurement()).c_str(), out);
    std::fclose(out);
    _exit(0);
  }
  close(ends[1]);
  FILE* const in = fdopen(ends[0], "r");
  std::string text;
  for (int c = std::fgetc(in); c != EOF; c = std::fgetc(in)) text += static_cast<char>(c);
  std::fclose(in);
  waitpid(child, nullptr, 0);
  const Result<Value> figures = json::parse(text);
  if (!figures) throw std::runtime_error("the measurement died");
  return *figures;
}

/// The one of several that was disturbed least.
Value best(std::size_t resources, Cloud cloud) {
  constexpr int kRuns = 3;
  Value least;
  for (int run = 0; run < kRuns; ++run) {
    const Value figures = apart([&] { return measure(resources, cloud); });
    if (least.is_null() || *figures["cpu_seconds"].number() < *least["cpu_seconds"].number())
      least = figures;
  }
  return least;
}

}  // namespace

Value offline(std::span<const std::size_t> sizes) {
  List create;
  List quiet;
  for (const std::size_t resources : sizes) {
    create.push_back(best(resources, Cloud::empty));
    quiet.push_back(best(resources, Cloud::unchanged));
  }
  return Map{{"create", std::move(create)}, {"quiet", std::move(quiet)}};
}

}  // namespace bench
