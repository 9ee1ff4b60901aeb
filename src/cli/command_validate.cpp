#include "cli/commands.h"
#include "cli/outputs.h"
#include "cli/records.h"
#include "cli/session.h"
#include "stackctl/text.h"

namespace stackctl::cli {
namespace {

/// Lowering asks no cloud, so it needs no connection.
engine::Bindings unconnected(const stack::Stack& stack, const World& world) {
  engine::Bindings bindings;
  for (const stack::ProviderEntry& entry : stack.providers)
    for (const Provider* provider : world.providers)
      if (provider->name == entry.name) bindings.push_back({entry.name, provider, nullptr});
  return bindings;
}

bool is_valid(const Options& options, World& world, Screen& screen, std::size_t& objects) {
  const std::optional<stack::Stack> stack = load_stack(options, world, screen);
  if (!stack) return false;
  const engine::Desired desired =
      engine::lower(stack->name, stack->resources, unconnected(*stack, world));
  Diagnostics faults = desired.faults;
  for (Diagnostic& fault : output_faults(*stack, desired)) faults.push_back(std::move(fault));
  screen.faults(faults);
  objects = desired.objects.size();
  return !has_errors(faults);
}

}  // namespace

int run_validate(const Options& options, World& world) {
  Screen screen(options, world);
  std::size_t objects = 0;
  const bool valid = is_valid(options, world, screen, objects);
  if (options.json)
    screen.record("validation",
                  {{"valid", valid}, {"objects", static_cast<std::int64_t>(objects)}});
  else if (valid)
    screen.data(Text()
                    .add("Success!", Label::good)
                    .line(" " + join(options.files, " with ") + " is valid: it " + "describes " +
                          counted(objects, "object") + "."));
  return valid ? kSuccess : kFailure;
}

}  // namespace stackctl::cli
