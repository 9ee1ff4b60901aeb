#include "support/example.h"

#include <fstream>
#include <iterator>
#include <stdexcept>

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

stack::Loaded load(const std::string& file, stack::Inputs inputs) {
  inputs.environment = [](std::string_view) { return std::nullopt; };
  stack::Loaded loaded = stack::load(file, inputs, vocabulary());
  must_hold(loaded.faults);
  return loaded;
}

}  // namespace

stack::Loaded load_example(const std::string& name, const Variables& variables) {
  stack::Inputs inputs;
  inputs.variables = variables;
  inputs.read_file = read;
  return load(STACKCTL_SOURCE_DIR "/examples/" + name + "/stack.yaml", std::move(inputs));
}

stack::Loaded load_text(const std::string& text) {
  stack::Inputs inputs;
  inputs.read_file = [&](const std::string&) { return text; };
  return load("stack.yaml", std::move(inputs));
}

engine::Desired lower_example(const std::string& name, const engine::Bindings& bindings,
                              const Variables& variables) {
  const stack::Loaded loaded = load_example(name, variables);
  engine::Desired desired = engine::lower(loaded.stack.name, loaded.stack.resources, bindings);
  must_hold(desired.faults);
  return desired;
}

}  // namespace support
