#include <algorithm>
#include <array>
#include <map>
#include <tuple>
#include <utility>

#include "stack/files.h"
#include "stack/names.h"
#include "stack/outputs.h"
#include "stack/providers.h"
#include "stack/resources.h"
#include "stack/stack.h"
#include "stackctl/text.h"

namespace stackctl::stack {
namespace {

constexpr std::array<std::string_view, 9> kTopKeys = {"stack",    "description", "include",
                                                      "provider", "providers",   "variables",
                                                      "locals",   "resources",   "outputs"};

void read_stack(const Node& root, Context& context, Loaded& loaded) {
  Stack& stack = loaded.stack;
  expect_keys(root, "a stack file", kTopKeys, context);
  if (const Entry* description = root.find("description"))
    if (!description->value.is_scalar())
      context.report(error("'description' must be a string"), description->value);
  Resources resources(section(root, "resources", context), context);
  Names names(root, context, resources);
  resources.attach(names);
  Providers providers(root, names.scope(), context);
  stack.name = names.stack_name();
  names.evaluate_all();
  loaded.variables = names.variables();
  stack.resources = resources.declare(providers);
  stack.outputs = read_outputs(section(root, "outputs", context), names.scope(), context);
  stack.providers = providers.entries();
}

/// Each fault once, by file and place: a part of the file that aliases repeat is evaluated several
/// times.
Diagnostics sorted(Diagnostics faults, const Context& context) {
  std::map<std::string_view, std::size_t> order{{"", 0}};
  for (const Source& source : context.sources) order.emplace(source.name, order.size());
  const auto key = [&](const Diagnostic& fault) {
    const Location& at = fault.location;
    const auto known = order.find(at.file);
    return std::tuple(known == order.end() ? order.size() : known->second,
                      std::string_view(at.file), at.line, at.column);
  };
  std::stable_sort(faults.begin(), faults.end(),
                   [&](const Diagnostic& a, const Diagnostic& b) { return key(a) < key(b); });
  const auto is_same = [&](const Diagnostic& a, const Diagnostic& b) {
    return key(a) == key(b) && a.summary == b.summary && a.hint == b.hint;
  };
  faults.erase(std::unique(faults.begin(), faults.end(), is_same), faults.end());
  return faults;
}

/// Where a scalar stands in its file.
struct Range {
  std::size_t begin = 0;
  std::size_t end = 0;
};

Range range_of(const Node& scalar) {
  return {scalar.place.offset, source_offset(scalar.place, scalar.text, scalar.text.size())};
}

/// The text of a file with each character of a secret as a '*'. Lines and columns stay.
std::string masked(const Source& source, const std::vector<const Node*>& secrets) {
  std::vector<bool> is_secret(source.text.size(), false);
  for (const Node* node : secrets) {
    if (node->place.source != &source) continue;
    const Range range = range_of(*node);
    const std::size_t end = std::min(range.end, source.text.size());
    for (std::size_t i = range.begin; i < end; ++i) is_secret[i] = true;
  }
  std::string result;
  for (std::size_t i = 0; i < source.text.size(); ++i) {
    const char c = source.text[i];
    const bool is_shown = !is_secret[i] || c == '\n' || c == '\r';
    const bool is_inner_byte = (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
    if (is_shown || !is_inner_byte) result += is_shown ? c : '*';
  }
  return result;
}

}  // namespace

Loaded load(const std::vector<std::string>& files, const Inputs& inputs,
            const Vocabulary& vocabulary) {
  Loaded loaded;
  if (!files.empty()) loaded.stack.file = files.front();
  Context context{inputs, vocabulary};
  const std::optional<Node> root = read_files(files, context);
  if (root) read_stack(*root, context, loaded);
  loaded.faults = sorted(std::move(context.faults), context);
  for (const Source& source : context.sources)
    loaded.sources.emplace(source.name,
                           context.secrets.empty() ? source.text : masked(source, context.secrets));
  return loaded;
}

}  // namespace stackctl::stack
