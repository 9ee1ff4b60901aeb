// What was typed, checked and typed in the other sense.
#pragma once

#include <cstddef>
#include <limits>
#include <string>
#include <vector>

#include "cli/world.h"
#include "engine/plan.h"
#include "stack/stack.h"

namespace stackctl::cli {

struct Options {
  std::string command;                              ///< "apply"
  std::vector<std::string> files = {"stack.yaml"};  ///< never empty; the first one gives its name
  std::vector<stack::Given> variables;              ///< in the order typed
  std::string subject;  ///< of output: a name; of scale: NAME=N; of completion: the shell;
                        ///< of explain and adopt: an address; of providers: one of them
  std::string id;       ///< of adopt: the object's
  engine::PlanOptions plan;
  std::size_t parallelism = 4096;
  std::string graph_format = "dot";
  std::string simulate_state;
  std::string trace;      ///< a file; empty: none
  std::string plan_file;  ///< of plan: where to save it; of apply: what is carried out; or empty
  std::size_t max_bytes = std::numeric_limits<std::size_t>::max();  ///< of Markdown
  Service service;
  Duration lock_timeout{};  ///< how long to wait for another run on the stack

  bool approved = false;
  bool clean = false;
  bool destroy = false;  ///< plan that all of the stack goes
  bool details = false;
  bool file_is_given = false;
  bool detailed_exitcode = false;
  bool json = false;
  bool lock = true;  ///< keep other runs on the stack out
  bool markdown = false;
  bool no_color = false;
  bool quiet = false;
  bool raw = false;
  bool simulate = false;
  bool stats = false;
};

}  // namespace stackctl::cli
