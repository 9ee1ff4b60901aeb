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
#include <vector>

#include "backend/lease.h"
#include "backend/store.h"
#include "engine/commands.h"
#include "engine/transport.h"
#include "stackctl/diagnostic.h"
#include "stackctl/provider.h"
#include "stackctl/resource.h"

namespace stackctl::cli {

/// Clouds in process, in virtual time.
struct Simulation {
  std::vector<std::string> providers;  ///< whose clouds they are
  std::unique_ptr<engine::Transport> transport;
  std::map<std::string, std::string, std::less<>> environment;  ///< credentials that it accepts
  std::function<std::string()> state;                           ///< what to begin with next time
};

/// What a simulation is to be like.
struct SimulationRequest {
  std::optional<std::string> state;  ///< an earlier `Simulation::state`; nothing: fresh clouds
  std::string faults;                ///< "429:5%,lost-reply:2"; empty: nothing goes wrong
  std::uint64_t seed = 1;            ///< equal seeds give equal runs
  /// Keeps a `Simulation::state`: called when a fault is about to kill the program.
  std::function<void(std::string_view state)> keep;
};

/// What `stackctl simulate` serves.
struct Service {
  std::string provider;
  std::string host;
  int port = 0;
  std::uint64_t seed = 1;
  std::optional<double> speed = 1.0;  ///< times real time; nothing: at once
  std::string state_file;             ///< empty: forgotten at the end
  std::string faults;                 ///< "429:5%"; empty: nothing goes wrong
};

struct Terminal {
  bool in = false;     ///< standard input can be asked
  bool out = false;    ///< standard output is looked at by a person
  bool error = false;  ///< standard error likewise
  std::size_t width = 80;
};

/// What runs need to keep out of each other's way.
struct Team {
  std::function<Time()> now;                  ///< real, also where the clouds are imagined
  std::function<void(Duration)> pause;        ///< ends early when the user asks to stop
  std::function<backend::Holder()> who_am_i;  ///< with a new random id
  backend::IsGone is_gone;
  /// Empty: there are no leases here.
  std::function<Result<std::unique_ptr<backend::Store>>(const std::string& folder)> open_store;
};

struct World {
  std::string_view version;
  std::span<const Kind* const> kinds;
  std::span<const Provider* const> providers;
  Surroundings surroundings;
  Terminal terminal;

  std::function<void(std::string_view text)> out;
  std::function<void(std::string_view text)> error;
  /// A line typed by the user, without its end; nothing at the end of the input, or when `go_on`,
  /// which is asked about once a second, says so.
  std::function<std::optional<std::string>(const std::function<bool()>& go_on)> read_line;

  std::function<std::unique_ptr<engine::Transport>()> make_transport;
  /// What runs the user's commands in `directory`. It `blocks` where time is imagined.
  std::function<std::unique_ptr<engine::Commands>(const std::string& directory, bool blocks)>
      make_commands;
  std::function<Result<Simulation>(const SimulationRequest& request)> simulate;
  /// Serves until interrupted; `ready` is told, as soon as it listens, the shell commands that lead
  /// the official clients there.
  std::function<Result<bool>(const Service&, const std::function<void(std::string_view)>& ready)>
      serve;
  /// How often the user asked to stop.
  std::function<int()> interrupts;
  Team team;
};

/// What a command gives back to the shell.
enum ExitCode : int { kSuccess = 0, kFailure = 1, kChangesPending = 2, kInterrupted = 130 };

/// Runs the command line; `arguments` without the program's name.
int run(std::span<const std::string> arguments, World& world);

}  // namespace stackctl::cli
