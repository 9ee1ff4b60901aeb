#include "net/commands.h"

#include <deque>
#include <map>
#include <optional>
#include <string_view>
#include <unistd.h>
#include <utility>

#include "net/process.h"

namespace stackctl::net {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t kMostOutput = std::size_t{1} << 20;
/// One that prints without end must not keep us from looking at the others.
constexpr int kMostReadsInTurn = 64;
constexpr milliseconds kPoll{20};
constexpr int kStopNow = 2;

/// Takes in what `process` has printed by now.
void drain(Process& process) {
  for (int i = 0; i < kMostReadsInTurn && process.has_open_outputs(); ++i) {
    if (!process.read(milliseconds{0})) return;
    if (process.output().size() > kMostOutput) process.output().resize(kMostOutput);
  }
}

/// What a command inherits may be secret too: variables of stacks, credentials.
std::vector<std::string> inherited_secrets() {
  constexpr std::size_t kShortest = 6;  // shorter ones are words that stand in every output
  std::vector<std::string> secrets;
  for (char** variable = environ; variable != nullptr && *variable != nullptr; ++variable) {
    const std::string_view text(*variable);
    const std::size_t equals = std::min(text.find('='), text.size());
    const std::string_view name = text.substr(0, equals);
    const auto has = [&](std::string_view word) {
      return name.find(word) != std::string_view::npos;
    };
    if (!name.starts_with("STACKCTL_VAR_") && !has("SECRET") && !has("PASSWORD") && !has("TOKEN"))
      continue;
    const std::string_view value = text.substr(std::min(equals + 1, text.size()));
    if (value.size() >= kShortest) secrets.emplace_back(value);
  }
  return secrets;
}

class RealCommands final : public engine::Commands {
 public:
  explicit RealCommands(CommandsOptions options) : options_(std::move(options)) {}

  void start(std::size_t id, const engine::Command& command) override {
    ProcessOptions how;
    how.environment = command.environment;
    how.directory = options_.directory;
    how.leads_group = true;
    how.secrets = inherited_secrets();
    how.secrets.insert(how.secrets.end(), command.secrets.begin(), command.secrets.end());
    Result<std::unique_ptr<Process>> process = Process::start(command.arguments, std::move(how));
    if (!process) return ended_.push_back({id, process.fault()});
    const auto run = running_.try_emplace(id, Run{command.arguments.front(), *std::move(process)});
    if (options_.blocks) wait(*run.first->second.process);
  }

  std::optional<engine::Ended> ended() override {
    for (auto run = running_.begin(); run != running_.end();)
      run = look_at(run->second, run->first) ? running_.erase(run) : std::next(run);
    if (ended_.empty()) return std::nullopt;
    engine::Ended first = std::move(ended_.front());
    ended_.pop_front();
    return first;
  }

  void cancel_all() override { running_.clear(); }

 private:
  struct Run {
    std::string program;
    std::unique_ptr<Process> process;
  };

  void wait(Process& process) const {
    while (!process.poll_end()) {
      if (options_.interrupts && options_.interrupts() >= kStopNow) process.kill();
      process.read(kPoll);
      drain(process);
    }
  }

  /// Whether it has ended.
  bool look_at(Run& run, std::size_t id) {
    Process& process = *run.process;
    const std::optional<int> status = process.poll_end();
    drain(process);
    if (!status) return false;
    ended_.push_back({id, result(run.program, process, *status), process.shown_output()});
    return true;
  }

  static Result<std::string> result(const std::string& program, const Process& process,
                                    int status) {
    if (status == 0) return process.shown_output();
    Diagnostic fault = error("command '" + program + "' " + ending(status));
    fault.detail = process.last_error_line();
    return fault;
  }

  CommandsOptions options_;
  std::map<std::size_t, Run> running_;
  std::deque<engine::Ended> ended_;
};

}  // namespace

std::unique_ptr<engine::Commands> make_commands(CommandsOptions options) {
  return std::make_unique<RealCommands>(std::move(options));
}

}  // namespace stackctl::net
