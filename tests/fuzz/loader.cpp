// Stack files: loaded, lowered by the real provider, planned against an empty account.
#include <string>

#include "engine/desired.h"
#include "engine/plan.h"
#include "kinds/exec.h"
#include "kinds/kinds.h"
#include "registry.h"
#include "stack/excerpt.h"
#include "stack/stack.h"
#include "stackctl/json.h"
#include "support/account.h"
#include "targets.h"

using namespace stackctl;

namespace fuzz {
namespace {

constexpr std::string_view kCanary = "quetzal-5150";
constexpr const char* kPublicKey =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGl0LWlzLW5vdC1hLXJlYWwta2V5LWp1c3QtMzItYnl0 me\n";
/// The variable that is given, as long as the file declares it secret.
constexpr std::string_view kDeclaration = "password: {type: string, secret: true}";

stack::Vocabulary vocabulary() {
  stack::Vocabulary words{kinds::all(), {}};
  for (const Provider* provider : providers::all()) {
    stack::ProviderWords& known = words.providers.emplace_back();
    known.name = provider->name;
    known.settings = provider->settings;
    for (const Lowering& lowering : provider->lowerings) known.kinds.push_back(lowering.kind);
  }
  return words;
}

stack::Inputs inputs_with(std::string_view text) {
  stack::Inputs inputs;
  const bool is_secret = text.find(kDeclaration) != std::string_view::npos;
  inputs.environment = [is_secret](std::string_view name) -> std::optional<std::string> {
    if (is_secret && name == "STACKCTL_VAR_password") return std::string(kCanary);
    return std::nullopt;
  };
  inputs.read_file = [text](const std::string& path) -> std::optional<std::string> {
    if (path == "stack.yaml") return std::string(text);
    if (path.ends_with(".sh")) return "#!/bin/sh\necho ${site}\n";
    if (path.ends_with(".pub")) return std::string(kPublicKey);
    return std::nullopt;
  };
  return inputs;
}

void must_not_show(std::string_view text) {
  require(text.find(kCanary) == std::string_view::npos, "no secret is shown");
}

void show(const Diagnostics& faults, const stack::Sources& sources) {
  for (const Diagnostic& fault : faults) {
    require(!fault.summary.empty(), "every fault says something");
    must_not_show(stack::render(fault, sources));
  }
}

void show(const Value& value) {
  must_not_show(display(value));
  must_not_show(json::write(value));
}

void plan(const stack::Loaded& loaded) {
  static const engine::Bindings bindings = {support::bind({})};
  const engine::Desired desired =
      engine::lower(loaded.stack.name, loaded.stack.resources, bindings);
  show(desired.faults, loaded.sources);
  engine::PlanOptions options;
  options.lifecycles = engine::bound_lifecycles(loaded.stack.resources, desired);
  const engine::Plan made = engine::make_plan(desired, {}, options);
  show(made.faults, loaded.sources);
  for (const engine::Step& step : made.steps) {
    require(step.action != Action::remove || step.temporary || step.undoes,
            "nothing is removed where nothing is");
    show(step.desired);
  }
}

}  // namespace

void loader(std::string_view input) {
  if (input.find(kCanary) != std::string_view::npos) return;
  static const stack::Vocabulary words = vocabulary();
  stack::Loaded loaded = stack::load({"stack.yaml"}, inputs_with(input), words);
  for (Diagnostic& fault : kinds::fold_commands(loaded.stack.resources))
    loaded.faults.push_back(std::move(fault));
  show(loaded.faults, loaded.sources);
  for (const Declaration& declaration : loaded.stack.resources) show(declaration.attributes);
  for (const stack::Output& output : loaded.stack.outputs)
    if (output.secret) show(output.value);
  if (!has_errors(loaded.faults)) plan(loaded);
}

}  // namespace fuzz
