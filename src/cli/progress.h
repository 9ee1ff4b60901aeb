// What is said while a plan is carried out: plain lines, a live view, or JSON records.
#pragma once

#include <string>

#include "cli/screen.h"
#include "engine/events.h"
#include "engine/plan.h"

namespace stackctl::cli {

/// The listener for this run. `plan` and `screen` must outlive it.
engine::Listener lines_progress(const engine::Plan& plan, Screen& screen);
engine::Listener live_progress(const engine::Plan& plan, Screen& screen);
engine::Listener json_progress(const engine::Plan& plan, Screen& screen);

/// The words of a step's life.
struct StepWords {
  std::string_view start;     ///< "Creating"
  std::string_view going_on;  ///< "creating"
  std::string_view end;       ///< "Creation complete"
  std::string_view failure;   ///< "Creation failed"
};
StepWords words_for(const engine::Step& step);

/// What the step typically takes.
Duration typical(const engine::Step& step);

/// "web: Creation complete after 11s [id=…]", with a line end.
Text done_line(const engine::Step& step, const engine::StepDone& done);
Text printed_lines(const engine::Step& step, const engine::StepPrinted& printed);
Text failed_line(const engine::Step& step, const engine::StepFailed& failed);
Text stopping_line();
Text retry_line(const engine::CallRetried& retried);

}  // namespace stackctl::cli
