#include "cli/commands.h"
#include "cli/providers_text.h"
#include "cli/screen.h"
#include "stackctl/text.h"

namespace stackctl::cli {
namespace {

Diagnostic no_such_provider(const World& world, const std::string& name) {
  std::vector<std::string_view> names;
  for (const Provider* provider : world.providers) names.push_back(provider->name);
  return error("there is no provider '" + name + "'", suggest(name, names));
}

}  // namespace

int run_providers(const Options& options, World& world) {
  const Screen screen(options, world);
  std::vector<const Provider*> shown;
  for (const Provider* provider : world.providers)
    if (options.subject.empty() || options.subject == provider->name) shown.push_back(provider);
  if (shown.empty()) return screen.fault(no_such_provider(world, options.subject)), kFailure;
  if (screen.is_json())
    screen.record("providers", providers_record(world.kinds, shown));
  else if (options.subject.empty())
    screen.data(providers_text(world.kinds, shown));
  else
    screen.data(provider_text(world.kinds, *shown.front()));
  return kSuccess;
}

}  // namespace stackctl::cli
