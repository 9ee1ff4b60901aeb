#include "net/command.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "net/process.h"
#include "stackctl/text.h"

namespace stackctl::net {
namespace {

using SteadyTime = std::chrono::steady_clock::time_point;
using std::chrono::milliseconds;

/// How often a child that closed its outputs is asked whether it has ended.
constexpr milliseconds kEndPoll{10};

/// Nothing when it has ended within the limits; else what it did instead.
std::optional<std::string> overrun(Process& process, const CommandLimits& limits) {
  const SteadyTime deadline = std::chrono::steady_clock::now() + limits.timeout;
  while (process.has_open_outputs() || !process.poll_end()) {
    const auto left = std::chrono::ceil<milliseconds>(deadline - std::chrono::steady_clock::now());
    if (left.count() <= 0) return "did not end within " + display(limits.timeout);
    process.read(process.has_open_outputs() ? left : std::min(left, kEndPoll));
    if (process.output().size() > limits.max_output)
      return "printed more than " + std::to_string(limits.max_output) + " bytes";
  }
  return std::nullopt;
}

}  // namespace

Result<std::string> run_command(const std::vector<std::string>& command,
                                const CommandLimits& limits) {
  const Result<std::unique_ptr<Process>> started = Process::start(command);
  if (!started) return started.fault();
  Process& process = **started;
  const std::string name = "command '" + command.front() + "' ";
  if (const auto excess = overrun(process, limits)) return error(name + *excess);
  const int status = *process.poll_end();
  if (status == 0) return std::move(process.output());
  Diagnostic fault = error(name + ending(status));
  fault.detail = process.last_error_line();
  return fault;
}

}  // namespace stackctl::net
