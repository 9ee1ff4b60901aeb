#include "cli/outputs.h"

#include <algorithm>
#include <utility>

#include "cli/session.h"
#include "cli/value_text.h"

namespace stackctl::cli {

Map output_values(const stack::Stack& stack, const engine::Desired& desired,
                  const std::map<std::string, Value, std::less<>>& known, Diagnostics& faults) {
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
    outputs[output.name] = hide ? Value(Secret{}) : *std::move(value);
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
