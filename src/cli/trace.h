// `--trace`: what a run did and when, for viewers of Chrome traces (ui.perfetto.dev).
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/dispatcher.h"
#include "engine/events.h"
#include "engine/executor.h"
#include "engine/plan.h"
#include "stackctl/value.h"

namespace stackctl::cli {

/// Collects steps, what they wait for, API calls, and the chain of steps that set the wall time.
/// Holds no body, header or query of a request, so no secret.
class Trace {
 public:
  void call(const engine::Attempt& attempt);
  void event(const engine::Plan& plan, const engine::Event& event);
  void finish(const engine::Plan& plan, const engine::Report& report);

  /// The JSON text of the trace event format: complete events ("X"), times in microseconds since
  /// the first of them.
  std::string text() const;

 private:
  struct Slice {
    std::string track;  ///< "steps", "calls to HOST", "critical path"
    std::string name;
    Time from{};
    Time to{};
    Map details = {};
    std::optional<std::size_t> parent = {};  ///< the slice whose row it shares
  };
  struct Running {
    std::size_t slice = 0;
    std::optional<std::size_t> wait = {};
  };

  void begin(const engine::Plan& plan, std::size_t step, Time at);
  void wait(std::size_t step, const std::string& waiting_for, Time at);
  void end(std::size_t step, Time at, Map details);

  std::vector<Slice> slices_;
  std::map<std::size_t, Running> running_;  ///< by step
};

}  // namespace stackctl::cli
