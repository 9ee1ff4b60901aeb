// In which order the steps of a plan may be done.
#pragma once

#include "engine/plan.h"

namespace stackctl::engine {

/// Fills in `Step::needs`, decides for each replacement which half comes first, marks the removals
/// that the cloud does along with the parent, and sorts the steps. A cycle becomes a fault.
void order_steps(Plan& plan, const Desired& desired, const Live& live);

}  // namespace stackctl::engine
