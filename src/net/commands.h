// The user's own programs, run for real.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "engine/commands.h"

namespace stackctl::net {

struct CommandsOptions {
  std::string directory = {};  ///< to run in; empty: that of this process
  /// `start` returns when the command has ended.
  bool blocks = false;
  /// How often the user asked to stop; two kill a command that is waited for. May be empty.
  std::function<int()> interrupts = {};
};

/// Each command leads a process group of its own, so that a Ctrl-C at the terminal is for us alone.
/// It has ended when its program has, also when that left something running behind. A fault names
/// the program and its last line of standard error, never its arguments or environment.
std::unique_ptr<engine::Commands> make_commands(CommandsOptions options = {});

}  // namespace stackctl::net
