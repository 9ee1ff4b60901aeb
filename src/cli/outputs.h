// The outputs of a stack, as far as they are known.
#pragma once

#include <map>
#include <string>

#include "cli/style.h"
#include "engine/desired.h"
#include "engine/plan.h"
#include "stack/stack.h"
#include "stackctl/diagnostic.h"
#include "stackctl/value.h"

namespace stackctl::cli {

/// What outputs ask of resources that have no such thing on their cloud.
Diagnostics output_faults(const stack::Stack& stack, const engine::Desired& desired);

/// `known`: the attributes of the objects that are there. Secret outputs come out as secrets.
Map output_values(const stack::Stack& stack, const engine::Desired& desired,
                  const engine::Known& known, Diagnostics& faults);

/// "Outputs:" and a line for each; empty where there are none.
Text outputs_text(const Map& outputs);

}  // namespace stackctl::cli
