// Everything that the commands need of the world outside. `main` gives the real one, tests a
// made-up one.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "engine/commands.h"
#include "engine/transport.h"
#include "stackctl/diagnostic.h"
#include "stackctl/provider.h"
#include "stackctl/resource.h"

namespace stackctl::cli {

/// Clouds in process, in virtual time.
struct Simulation {
  std::unique_ptr<engine::Transport> transport;
  std::map<std::string, std::string, std::less<>> environment;  ///< credentials that it accepts
  std::function<std::string()> state;                           ///< what to begin with next time
};

/// What `stackctl simulate` serves.
struct Service {
  std::string provider;
  std::string host;
  int port = 0;
  std::uint64_t seed = 1;
  std::optional<double> speed = 1.0;  ///< times real time; nothing: at once
  std::string state_file;             ///< empty: forgotten at the end
};

struct Terminal {
  bool in = false;     ///< standard input can be asked
  bool out = false;    ///< standard output is looked at by a person
  bool error = false;  ///< standard error likewise
  std::size_t width = 80;
};

struct World {
  std::string_view version;
  std::span<const Kind* const> kinds;
  std::span<const Provider* const> providers;
  Surroundings surroundings;
  Terminal terminal;

  std::function<void(std::string_view text)> out;
  std::function<void(std::string_view text)> error;
  /// A line typed by the user, without its end; nothing at the end of the input.
  std::function<std::optional<std::string>()> read_line;

  std::function<std::unique_ptr<engine::Transport>()> make_transport;
  /// What runs the user's commands in `directory`. It `blocks` where time is imagined.
  std::function<std::unique_ptr<engine::Commands>(const std::string& directory, bool blocks)>
      make_commands;
  /// Begins with an earlier `Simulation::state`, or with fresh clouds.
  std::function<Result<Simulation>(const std::optional<std::string>& state)> simulate;
  /// Serves until interrupted; `ready` is told, as soon as it listens, the shell commands that lead
  /// the official clients there.
  std::function<Result<bool>(const Service&, const std::function<void(std::string_view)>& ready)>
      serve;
  /// How often the user asked to stop.
  std::function<int()> interrupts;
};

/// What a command gives back to the shell.
enum ExitCode : int { kSuccess = 0, kFailure = 1, kChangesPending = 2, kInterrupted = 130 };

/// Runs the command line; `arguments` without the program's name.
int run(std::span<const std::string> arguments, World& world);

}  // namespace stackctl::cli
