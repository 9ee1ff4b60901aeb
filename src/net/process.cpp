#include "net/process.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <string_view>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>
#include <utility>

#include "stackctl/crypto.h"
#include "stackctl/text.h"

namespace stackctl::net {
namespace {

constexpr std::size_t kKeptErrorBytes = 4096;
constexpr std::size_t kShownErrorBytes = 300;
constexpr std::size_t kChunkBytes = std::size_t{64} << 10;

/// What posix_spawn needs beside the arguments: redirections, default signals, no inherited files.
class SpawnPlan {
 public:
  SpawnPlan(int output, int errors, const ProcessOptions& options) {
    posix_spawn_file_actions_init(&actions_);
    posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions_, output, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions_, errors, STDERR_FILENO);
    posix_spawn_file_actions_addclosefrom_np(&actions_, STDERR_FILENO + 1);
    if (!options.directory.empty())
      posix_spawn_file_actions_addchdir_np(&actions_, options.directory.c_str());
    posix_spawnattr_init(&attributes_);
    sigset_t signals;
    sigemptyset(&signals);
    posix_spawnattr_setsigmask(&attributes_, &signals);
    for (const int number : {SIGINT, SIGTERM, SIGPIPE, SIGCHLD}) sigaddset(&signals, number);
    posix_spawnattr_setsigdefault(&attributes_, &signals);
    int flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF;
    if (options.leads_group) flags |= POSIX_SPAWN_SETPGROUP;
    posix_spawnattr_setflags(&attributes_, static_cast<short>(flags));
  }
  ~SpawnPlan() {
    posix_spawn_file_actions_destroy(&actions_);
    posix_spawnattr_destroy(&attributes_);
  }
  SpawnPlan(const SpawnPlan&) = delete;
  SpawnPlan& operator=(const SpawnPlan&) = delete;

  /// 0, or the error number.
  int spawn(std::vector<std::string> command, std::vector<std::string> environment,
            pid_t& child) const {
    const std::vector<char*> arguments = pointers(command);
    const std::vector<char*> variables = pointers(environment);
    const int code = ::posix_spawnp(&child, arguments.front(), &actions_, &attributes_,
                                    arguments.data(), variables.data());
    for (std::string& variable : environment) crypto::wipe(variable);
    return code;
  }

 private:
  static std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> result;
    result.reserve(texts.size() + 1);
    for (std::string& text : texts) result.push_back(text.data());
    result.push_back(nullptr);
    return result;
  }

  posix_spawn_file_actions_t actions_{};
  posix_spawnattr_t attributes_{};
};

/// The environment of this process with `added` in it.
std::vector<std::string> environment_with(const std::map<std::string, std::string>& added) {
  std::vector<std::string> result;
  for (char** variable = environ; variable != nullptr && *variable != nullptr; ++variable) {
    const std::string_view text(*variable);
    if (!added.contains(std::string(text.substr(0, text.find('='))))) result.emplace_back(text);
  }
  for (const auto& [name, value] : added) result.emplace_back(name).append("=").append(value);
  return result;
}

std::string without(std::string text, const std::vector<std::string>& secrets) {
  constexpr std::string_view kMask = "(secret)";
  for (const std::string& secret : secrets) {
    if (secret.empty()) continue;
    for (std::size_t at = text.find(secret); at != std::string::npos;
         at = text.find(secret, at + kMask.size()))
      text.replace(at, secret.size(), kMask);
  }
  return text;
}

}  // namespace

Result<std::unique_ptr<Process>> Process::start(const std::vector<std::string>& command,
                                                ProcessOptions options) {
  if (command.empty() || command.front().empty()) return error("the command is empty");
  const std::string failure = "command '" + command.front() + "' could not be started: ";
  std::optional<Pipe> output = make_pipe();
  std::optional<Pipe> errors = make_pipe();
  if (!output || !errors) return error(failure + "too many open files");
  const SpawnPlan plan(output->write_end.number(), errors->write_end.number(), options);
  pid_t id = 0;
  if (const int code = plan.spawn(command, environment_with(options.environment), id); code != 0)
    return error(failure + std::generic_category().message(code));
  return std::unique_ptr<Process>(new Process(id, std::move(output->read_end),
                                              std::move(errors->read_end), std::move(options)));
}

Process::Process(pid_t id, Descriptor output, Descriptor errors, ProcessOptions options)
    : id_(id),
      options_(std::move(options)),
      output_pipe_(std::move(output)),
      error_pipe_(std::move(errors)),
      chunk_(kChunkBytes, '\0') {
  for (auto& variable : options_.environment) crypto::wipe(variable.second);
}

Process::~Process() {
  if (!status_) {
    kill();
    while (::waitpid(id_, nullptr, 0) < 0 && errno == EINTR) {
    }
  }
  crypto::wipe(chunk_);
  crypto::wipe(output_);
  for (std::string& secret : options_.secrets) crypto::wipe(secret);
}

bool Process::read(std::chrono::milliseconds longest) {
  std::array<pollfd, 2> files{
      {{output_pipe_.number(), POLLIN, 0}, {error_pipe_.number(), POLLIN, 0}}};
  if (::poll(files.data(), files.size(), static_cast<int>(longest.count())) <= 0) return false;
  if (files[0].revents != 0) append(output_pipe_, output_);
  if (files[1].revents != 0) append(error_pipe_, errors_);
  if (errors_.size() > kKeptErrorBytes) errors_.erase(0, errors_.size() - kKeptErrorBytes);
  return true;
}

void Process::append(Descriptor& from, std::string& to) {
  const ssize_t count = ::read(from.number(), chunk_.data(), chunk_.size());
  if (count > 0)
    to.append(chunk_, 0, static_cast<std::size_t>(count));
  else if (count == 0 || errno != EINTR)
    from.close();
}

std::optional<int> Process::poll_end() {
  if (status_) return status_;
  int status = 0;
  const pid_t ended = ::waitpid(id_, &status, WNOHANG);
  if (ended == id_) status_ = status;
  if (ended < 0 && errno != EINTR) status_ = -1;
  return status_;
}

void Process::kill() {
  if (!status_) ::kill(options_.leads_group ? -id_ : id_, SIGKILL);
}

std::string Process::shown_output() const { return without(output_, options_.secrets); }

std::string Process::last_error_line() const {
  const std::string shown = without(errors_, options_.secrets);
  const std::string_view text = trim(shown);
  std::string line(text.substr(text.rfind('\n') + 1));
  line.resize(std::min(line.size(), kShownErrorBytes));
  // Escape sequences of a child must not reach the user's terminal.
  std::erase_if(line, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
  return line;
}

std::string ending(int wait_status) {
  if (wait_status >= 0 && WIFEXITED(wait_status))
    return "failed with exit status " + std::to_string(WEXITSTATUS(wait_status));
  if (wait_status >= 0 && WIFSIGNALED(wait_status))
    return "was killed by signal " + std::to_string(WTERMSIG(wait_status));
  return "ended in an unknown way";
}

}  // namespace stackctl::net
