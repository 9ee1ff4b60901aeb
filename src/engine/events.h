// What a run tells whoever listens. The engine never prints.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <variant>

#include "stackctl/clock.h"
#include "stackctl/diagnostic.h"

namespace stackctl::engine {

struct StepStarted {
  std::size_t step = 0;
};
/// The step waits for the cloud.
struct StepWaiting {
  std::size_t step = 0;
  std::string waiting_for;  ///< "operation create-instance", "running"
};
/// A command of the user's printed this; the last line may lack its end.
struct StepPrinted {
  std::size_t step = 0;
  std::string text;
};
struct StepDone {
  std::size_t step = 0;
  std::string id;
  Duration took{};
};
struct StepFailed {
  std::size_t step = 0;
  Diagnostic why;
  Duration took{};
};
/// A call got no useful answer and will be made again.
struct CallRetried {
  std::string operation;
  std::string reason;
  int attempt = 0;
  Duration delay{};
};
/// Nothing happened for a while: time to redraw.
struct Tick {};
/// The user asked to stop; what is in flight is finished.
struct Stopping {};

struct Event {
  Time at{};
  std::variant<StepStarted, StepWaiting, StepPrinted, StepDone, StepFailed, CallRetried, Tick,
               Stopping>
      what;
};
using Listener = std::function<void(const Event&)>;

}  // namespace stackctl::engine
