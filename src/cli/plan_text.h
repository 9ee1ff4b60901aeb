// A plan for people.
#pragma once

#include <string>

#include "cli/entries.h"
#include "cli/style.h"
#include "engine/plan.h"

namespace stackctl::cli {

struct PlanView {
  bool details = false;  ///< unchanged attributes and whole texts as well
  bool quiet = false;    ///< one line for each object, no blocks
};

/// Legend, one line for each object, one block for each object, and the figures.
Text plan_text(const engine::Plan& plan, const PlanView& view);

/// Why, in a few words; what comes after the type on the line of an object.
std::string brief_reason(const Entry& entry);

/// "Plan: 1 to add, 0 to change, 0 to destroy."
std::string figures_text(const engine::Plan& plan);
/// "Read 412 objects in 17 API calls, 1.3s."
std::string effort_text(const engine::Plan& plan);

}  // namespace stackctl::cli
