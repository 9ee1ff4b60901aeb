#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

#include "stack/names.h"
#include "stack/outputs.h"
#include "stack/providers.h"
#include "stack/resources.h"
#include "stack/stack.h"
#include "stackctl/text.h"

namespace stackctl::stack {
namespace {

constexpr std::array<std::string_view, 8> kTopKeys = {
    "stack", "description", "provider", "providers", "variables", "locals", "resources", "outputs"};

std::string folder_of(const std::string& file) {
  const std::size_t slash = file.rfind('/');
  return slash == std::string::npos ? std::string() : file.substr(0, slash + 1);
}

Diagnostic unreadable(const std::string& file) {
  Diagnostic fault = error("cannot read the file '" + file + "'");
  fault.location.file = file;
  return fault;
}

void read_stack(const Node& root, Context& context, Stack& stack) {
  if (!root.is_map()) {
    context.report(error("a stack file is a map of keys and values", "begin with: stack: NAME"),
                   root);
    return;
  }
  expect_keys(root, "a stack file", kTopKeys, context);
  Resources resources(section(root, "resources", context), context);
  Names names(root, context, resources);
  resources.attach(names);
  Providers providers(root, names.scope(), context);
  stack.name = names.stack_name();
  names.evaluate_all();
  stack.resources = resources.declare(providers);
  stack.outputs = read_outputs(section(root, "outputs", context), names.scope(), context);
  stack.providers = providers.entries();
}

/// By place, each fault once: a part of the file that aliases repeat is evaluated several times.
void sort_faults(Diagnostics& faults) {
  const auto key = [](const Diagnostic& fault) {
    const Location& at = fault.location;
    return std::tie(at.line, at.column, fault.summary, fault.hint);
  };
  std::stable_sort(faults.begin(), faults.end(), [&](const Diagnostic& a, const Diagnostic& b) {
    return std::tie(a.location.line, a.location.column) <
           std::tie(b.location.line, b.location.column);
  });
  const auto is_same = [&](const Diagnostic& a, const Diagnostic& b) { return key(a) == key(b); };
  faults.erase(std::unique(faults.begin(), faults.end(), is_same), faults.end());
}

}  // namespace

Loaded load(const std::string& file, const Inputs& inputs, const Vocabulary& vocabulary) {
  Loaded loaded;
  loaded.stack.file = file;
  std::optional<std::string> text = inputs.read_file ? inputs.read_file(file) : std::nullopt;
  if (!text) {
    loaded.faults.push_back(unreadable(file));
    return loaded;
  }
  const Source source{file, *std::move(text)};
  Context context{inputs, vocabulary, folder_of(file)};
  if (const std::optional<Node> root = parse_document(source, context.faults))
    read_stack(*root, context, loaded.stack);
  loaded.faults = std::move(context.faults);
  sort_faults(loaded.faults);
  loaded.sources.emplace(file, source.text);
  return loaded;
}

}  // namespace stackctl::stack
