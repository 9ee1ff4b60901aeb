// One object's part of a plan for people.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "cli/entries.h"
#include "cli/style.h"
#include "engine/plan.h"

namespace stackctl::cli {

/// The block of one object: a heading, reasons, and one line or more for each attribute shown.
Text step_text(const engine::Plan& plan, const Entry& entry, bool details);

/// "must be replaced"
std::string_view fate_text(Effect effect);
/// "  # forces replacement, changed in the stack file, stack.yaml:12:9", or empty.
std::string remark_text(const engine::Change& change);
/// Whether a change adds or takes away: "+", "-" or "~".
std::string_view sign_of(const engine::Change& change);
/// What follows "name = ", with references of `plan` filled in.
Text change_text(const engine::Plan& plan, const engine::Change& change, std::size_t indent,
                 bool whole);

}  // namespace stackctl::cli
