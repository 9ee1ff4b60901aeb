// What was typed, checked and typed in the other sense.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "cli/world.h"
#include "engine/plan.h"
#include "stack/stack.h"

namespace stackctl::cli {

struct Options {
  std::vector<std::string> files = {"stack.yaml"};  ///< never empty; the first one gives its name
  std::vector<stack::Given> variables;              ///< in the order typed
  std::string subject;  ///< of output: a name; of scale: NAME=N; of completion: the shell;
                        ///< of explain and adopt: an address; of providers: one of them
  std::string id;       ///< of adopt: the object's
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
