// Finds the route of a request.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "simulator/type.h"

namespace stackctl::simulator {

struct Match {
  const Route* route = nullptr;        ///< null: nothing there, or not by this method
  std::vector<std::string> arguments;  ///< decoded
  std::string malformed;               ///< what is wrong with an argument; empty when all is well
  bool is_known_path = false;          ///< some method has this path
};

/// `path` is percent-encoded and lies below "/v2". Arguments whose names end in "id" are UUIDs.
Match find_route(std::string_view method, std::string_view path);

}  // namespace stackctl::simulator
