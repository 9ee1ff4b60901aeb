#include "cli/outputs.h"

#include <algorithm>
#include <utility>

#include "cli/session.h"
#include "cli/value_text.h"
#include "stackctl/json.h"

namespace stackctl::cli {
namespace {

/// Not even the shape of a secret output is shown, but it can still be asked for in the raw.
Secret hidden(const Value& value) {
  const std::string* text = value.revealed();
  return {text != nullptr ? *text : json::write(value, json::Secrets::revealed)};
}

}  // namespace

Diagnostics output_faults(const stack::Stack& stack, const engine::Desired& desired) {
  Diagnostics faults;
  for (const stack::Output& output : stack.outputs) {
    Diagnostics problems;
    desired.bind(output.value, "output " + output.name, problems);
    for (Diagnostic& problem : problems) {
      problem.location = output.location;
      faults.push_back(std::move(problem));
    }
  }
  return faults;
}

Map output_values(const stack::Stack& stack, const engine::Desired& desired,
                  const engine::Known& known, Diagnostics& faults) {
  Map outputs;
  for (const stack::Output& output : stack.outputs) {
    const Value bound = desired.bind(output.value, "output " + output.name, faults);
    Result<Value> value = resolve(bound, lookup_in(known));
    if (!value) {
      faults.push_back(value.fault());
      faults.back().location = output.location;
      continue;
    }
    const bool hide = output.secret && value->is_known();
    outputs[output.name] = hide ? Value(hidden(*value)) : *std::move(value);
  }
  return outputs;
}

Text outputs_text(const Map& outputs) {
  Text text;
  if (outputs.empty()) return text;
  std::size_t width = 0;
  for (const auto& [name, value] : outputs) width = std::max(width, columns(name));
  text.line().line("Outputs:", Label::heading).line();
  for (const auto& [name, value] : outputs)
    text.line(padded(name, width) + " = " + value_line(value));
  return text;
}

}  // namespace stackctl::cli
