// What apply, destroy and scale have in common: show the plan, ask, carry it out, report.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "cli/session.h"

namespace stackctl::cli {

struct ChangeWords {
  std::string_view verb;  ///< "Apply"
  std::string question;   ///< "Do you want to perform these actions?"
};

/// Shows the plan and its faults. False when it must not be applied.
bool show_plan(const engine::Plan& plan, const Options& options, Screen& screen);

/// Returns the exit code.
int carry_out(Session& session, const Planned& planned, const ChangeWords& words,
              const Options& options, World& world, Screen& screen);

/// `--stats`. `report` is null where nothing was carried out.
void show_stats(const Session& session, const engine::Plan& plan, const engine::Report* report,
                const Options& options, Screen& screen);

/// Opens the session, runs `body` in it, closes it.
int with_session(const Options& options, World& world,
                 const std::function<int(Session&, Screen&)>& body,
                 Purpose purpose = Purpose::look);

/// The same, for commands that change something: under the lease of the stack.
int with_lease(const Options& options, World& world,
               const std::function<int(Session&, Screen&)>& body);

}  // namespace stackctl::cli
