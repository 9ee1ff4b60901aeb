// What goes along when only some of a stack is destroyed.
#pragma once

#include "engine/desired.h"
#include "engine/live.h"
#include "engine/plan.h"

namespace stackctl::cli {

/// Where everything is to go: what needs a target goes with it, and what an excluded resource needs
/// stays with it. Only `declared` tells who needs whom.
void take_along(engine::PlanOptions& options, const engine::Desired& declared,
                const engine::Live& live);

}  // namespace stackctl::cli
