// One object's part of a plan for people.
#pragma once

#include "cli/entries.h"
#include "cli/style.h"
#include "engine/plan.h"

namespace stackctl::cli {

/// The block of one object: a heading, reasons, and one line or more for each attribute shown.
Text step_text(const engine::Plan& plan, const Entry& entry, bool details);

}  // namespace stackctl::cli
