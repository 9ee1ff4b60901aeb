#include "support/example.h"

#include <fstream>
#include <iterator>
#include <stdexcept>

#include "kinds/exec.h"
#include "kinds/kinds.h"
#include "registry.h"

namespace support {

using namespace stackctl;

namespace {

std::optional<std::string> read(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(file), {});
}

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

void must_hold(const Diagnostics& faults) {
  if (has_errors(faults)) throw std::runtime_error(faults.front().summary);
}

stack::Inputs inputs_with(const Variables& variables) {
  stack::Inputs inputs;
  for (const auto& [variable, text] : variables)
    inputs.variables.emplace_back(stack::VariableText{variable, text});
  inputs.environment = [](std::string_view) { return std::nullopt; };
  inputs.read_file = read;
  return inputs;
}

stack::Loaded load(const std::vector<std::string>& files, const stack::Inputs& inputs) {
  stack::Loaded loaded = stack::load(files, inputs, vocabulary());
  for (Diagnostic& fault : kinds::fold_commands(loaded.stack.resources))
    loaded.faults.push_back(std::move(fault));
  must_hold(loaded.faults);
  return loaded;
}

}  // namespace

stack::Loaded load_example(const std::string& name, const Variables& variables) {
  return load_stacks({"examples/" + name + "/stack.yaml"}, variables);
}

stack::Loaded load_stack(const std::string& file) { return load_stacks({file}); }

stack::Loaded load_stacks(const std::vector<std::string>& files, const Variables& variables) {
  std::vector<std::string> paths;
  paths.reserve(files.size());
  for (const std::string& file : files) paths.push_back(STACKCTL_SOURCE_DIR "/" + file);
  return load(paths, inputs_with(variables));
}

stack::Loaded load_text(const std::string& text) {
  stack::Inputs inputs = inputs_with({});
  inputs.read_file = [&](const std::string&) { return text; };
  return load({"stack.yaml"}, inputs);
}

engine::Desired lower_example(const std::string& name, const engine::Bindings& bindings,
                              const Variables& variables) {
  const stack::Loaded loaded = load_example(name, variables);
  engine::Desired desired = engine::lower(loaded.stack.name, loaded.stack.resources, bindings);
  must_hold(desired.faults);
  return desired;
}

}  // namespace support
