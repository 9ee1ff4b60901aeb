// Serves the simulated cloud over HTTP, for the real binary and for other clients.
#pragma once

#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "simulator/chaos.h"
#include "simulator/cloud.h"

namespace stackctl::simulator {

struct ServerOptions {
  std::string address = "127.0.0.1";
  int port = 0;       ///< 0: a free one
  Settings settings;  ///< the speed divides all durations; the clock is the real one
  std::vector<Fault>
      faults;              ///< drawn from the settings' seed; no crashes: the client is elsewhere
  std::string state_file;  ///< read at the start, written after each change; empty: none
  std::stop_token stop;    ///< ends the server, as SIGINT and SIGTERM do
};

/// Serves until it is told to stop; `on_ready` gets the port once connections are accepted.
/// Idle connections may hold up the end for a few seconds. SIGINT and SIGTERM are blocked
/// meanwhile and taken as the order to stop, so start no threads of your own before.
/// Returns why it could not begin, or why the state could not be kept.
std::optional<Diagnostic> serve(const ServerOptions& options,
                                const std::function<void(int)>& on_ready);

}  // namespace stackctl::simulator
