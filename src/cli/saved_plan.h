// `plan --out FILE` and `apply FILE`.
#pragma once

#include <string>

#include "cli/change.h"

namespace stackctl::cli {

/// Writes the plan to `options.plan_file`. False, with the fault shown, when that was not possible.
bool save_plan(Session& session, const Planned& planned, const Options& options, const World& world,
               Screen& screen);

/// Whether the options name a saved plan instead of a stack file. `text` becomes its content.
bool names_saved_plan(const Options& options, const World& world, std::string& text);

/// Carries out the saved plan `text` (or refuses to) without asking. Returns the exit code.
int apply_saved(const std::string& text, const Options& options, World& world);

}  // namespace stackctl::cli
