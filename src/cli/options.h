// What was typed, checked and typed in the other sense.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "cli/world.h"
#include "engine/plan.h"

namespace stackctl::cli {

struct Options {
  std::string file = "stack.yaml";
  std::vector<std::pair<std::string, std::string>> variables;  ///< in the order typed
  std::string subject;  ///< of output: a name; of scale: NAME=N; of completion: the shell
  engine::PlanOptions plan;
  std::size_t parallelism = 256;
  std::string graph_format = "dot";
  std::string simulate_state;
  Service service;

  bool approved = false;
  bool clean = false;
  bool details = false;
  bool file_is_given = false;
  bool detailed_exitcode = false;
  bool json = false;
  bool no_color = false;
  bool quiet = false;
  bool raw = false;
  bool simulate = false;
  bool stats = false;
};

}  // namespace stackctl::cli
