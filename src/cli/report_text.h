// The end of a run for people.
#pragma once

#include <string_view>

#include "cli/screen.h"
#include "engine/executor.h"
#include "engine/plan.h"

namespace stackctl::cli {

/// "Apply complete! Resources: 2 added, 0 changed, 0 destroyed." `verb` is "Apply" or "Destroy".
Text success_text(std::string_view verb, const engine::Plan& plan, const engine::Report& report);

/// Root causes first, then what was skipped because of them, then what was not started.
Text failure_text(std::string_view verb, const engine::Plan& plan, const engine::Report& report,
                  const Screen& screen);

/// "Took 41s: db 30s, then web 11s." Empty where one step did it all.
Text critical_path_text(const engine::Plan& plan, const engine::Report& report);

}  // namespace stackctl::cli
