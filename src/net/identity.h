// Who this process is, for others who meet its traces.
#pragma once

#include <string>

namespace stackctl::net {

struct Identity {
  std::string id;    ///< random, another one at each call
  std::string user;  ///< "ann"
  std::string host;  ///< "ci-runner-7"
  /// Opaque. Processes that have it in common number processes alike: one boot of one machine, one
  /// container.
  std::string machine;
  int process = 0;
};

Identity identity();

/// Whether a process of this number runs here. One that ended and was not yet fetched does not.
bool is_running(int process);

}  // namespace stackctl::net
