// The user's own programs, run beside the calls. Real: src/net. A simulation runs them one by one
// while its time stands still.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "stackctl/diagnostic.h"

namespace stackctl::engine {

struct Command {
  std::vector<std::string> arguments;              ///< the program first; it is looked up in PATH
  std::map<std::string, std::string> environment;  ///< added to that of this process
  std::vector<std::string> secrets = {};           ///< texts that must not show in a fault
};

struct Ended {
  std::size_t id = 0;
  Result<std::string> output;  ///< what it printed, without secrets, or why it failed
  std::string printed = {};    ///< of one that failed: what it printed before
};

class Commands {
 public:
  virtual ~Commands() = default;
  /// Begins to run `command`; never blocks, except in a simulation.
  virtual void start(std::size_t id, const Command& command) = 0;
  /// One that has ended and was not told yet.
  virtual std::optional<Ended> ended() = 0;
  /// Kills what still runs.
  virtual void cancel_all() = 0;
};

}  // namespace stackctl::engine
