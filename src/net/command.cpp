#include "net/command.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <optional>
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

using SteadyTime = std::chrono::steady_clock::time_point;
using std::chrono::milliseconds;

constexpr std::size_t kept_error_bytes = 4096;
constexpr std::size_t shown_error_bytes = 300;
/// How often a child that closed its outputs is asked whether it has ended.
constexpr int exit_poll_milliseconds = 10;

class Descriptor {
 public:
  explicit Descriptor(int number = -1) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~Descriptor() { close(); }

  int number() const { return number_; }
  void close() {
    if (number_ >= 0) ::close(std::exchange(number_, -1));
  }

 private:
  int number_;
};

struct Pipe {
  Descriptor read_end;
  Descriptor write_end;
};

std::optional<Pipe> make_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return std::nullopt;
  return Pipe{Descriptor(ends[0]), Descriptor(ends[1])};
}

/// What posix_spawn needs beside the arguments: redirections, default signals, no inherited files.
class SpawnPlan {
 public:
  SpawnPlan(int output, int errors) {
    posix_spawn_file_actions_init(&actions_);
    posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions_, output, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions_, errors, STDERR_FILENO);
    posix_spawn_file_actions_addclosefrom_np(&actions_, STDERR_FILENO + 1);
    posix_spawnattr_init(&attributes_);
    sigset_t signals;
    sigemptyset(&signals);
    posix_spawnattr_setsigmask(&attributes_, &signals);
    for (const int number : {SIGINT, SIGTERM, SIGPIPE, SIGCHLD}) sigaddset(&signals, number);
    posix_spawnattr_setsigdefault(&attributes_, &signals);
    posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  }
  ~SpawnPlan() {
    posix_spawn_file_actions_destroy(&actions_);
    posix_spawnattr_destroy(&attributes_);
  }
  SpawnPlan(const SpawnPlan&) = delete;
  SpawnPlan& operator=(const SpawnPlan&) = delete;

  /// 0, or the error number.
  int spawn(std::vector<std::string> command, pid_t& child) const {
    std::vector<char*> arguments;
    arguments.reserve(command.size() + 1);
    for (std::string& argument : command) arguments.push_back(argument.data());
    arguments.push_back(nullptr);
    return ::posix_spawnp(&child, arguments.front(), &actions_, &attributes_, arguments.data(),
                          environ);
  }

 private:
  posix_spawn_file_actions_t actions_{};
  posix_spawnattr_t attributes_{};
};

/// A child process, killed and reaped if it still runs when we lose interest.
class Child {
 public:
  explicit Child(pid_t id) : id_(id) {}
  ~Child() {
    if (id_ <= 0) return;
    ::kill(id_, SIGKILL);
    while (::waitpid(id_, nullptr, 0) < 0 && errno == EINTR) {
    }
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  /// Its wait status once it has ended; nothing when `deadline` comes first.
  std::optional<int> wait(SteadyTime deadline) {
    int status = 0;
    for (;;) {
      const pid_t ended = ::waitpid(id_, &status, WNOHANG);
      const bool is_gone = ended < 0 && errno != EINTR;  // somebody else reaped it
      if (ended == id_ || is_gone) {
        id_ = 0;
        return is_gone ? -1 : status;
      }
      if (std::chrono::steady_clock::now() >= deadline) return std::nullopt;
      ::poll(nullptr, 0, exit_poll_milliseconds);
    }
  }

 private:
  pid_t id_;
};

enum class ReadEnd { closed, too_much, too_late };

/// Reads both outputs side by side, so that a child never blocks on the one that is not looked at.
class Capture {
 public:
  Capture(Descriptor output, Descriptor errors)
      : output_pipe_(std::move(output)), error_pipe_(std::move(errors)) {}
  ~Capture() {
    crypto::wipe(chunk_);
    crypto::wipe(output_);
  }
  Capture(const Capture&) = delete;
  Capture& operator=(const Capture&) = delete;

  ReadEnd read(std::size_t max_output, SteadyTime deadline) {
    while (output_pipe_.number() >= 0 || error_pipe_.number() >= 0) {
      const auto left =
          std::chrono::ceil<milliseconds>(deadline - std::chrono::steady_clock::now());
      if (left.count() <= 0) return ReadEnd::too_late;
      std::array<pollfd, 2> files{
          {{output_pipe_.number(), POLLIN, 0}, {error_pipe_.number(), POLLIN, 0}}};
      if (::poll(files.data(), files.size(), static_cast<int>(left.count())) <= 0) continue;
      if (files[0].revents != 0) append(output_pipe_, output_);
      if (files[1].revents != 0) append(error_pipe_, errors_);
      if (output_.size() > max_output) return ReadEnd::too_much;
      if (errors_.size() > kept_error_bytes) errors_.erase(0, errors_.size() - kept_error_bytes);
    }
    return ReadEnd::closed;
  }

  std::string take_output() { return std::move(output_); }

  std::string last_error_line() const {
    const std::string_view text = trim(errors_);
    std::string line(text.substr(text.rfind('\n') + 1));
    line.resize(std::min(line.size(), shown_error_bytes));
    // Escape sequences of a child must not reach the user's terminal.
    std::erase_if(line, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
    return line;
  }

 private:
  void append(Descriptor& from, std::string& to) {
    const ssize_t count = ::read(from.number(), chunk_.data(), chunk_.size());
    if (count > 0)
      to.append(chunk_, 0, static_cast<std::size_t>(count));
    else if (count == 0 || errno != EINTR)
      from.close();
  }

  Descriptor output_pipe_;
  Descriptor error_pipe_;
  std::string chunk_ = std::string(std::size_t{64} << 10, '\0');
  std::string output_;
  std::string errors_;
};

std::string ending(int status) {
  if (status >= 0 && WIFEXITED(status))
    return "failed with exit status " + std::to_string(WEXITSTATUS(status));
  if (status >= 0 && WIFSIGNALED(status))
    return "was killed by signal " + std::to_string(WTERMSIG(status));
  return "ended in an unknown way";
}

std::string overrun(ReadEnd end, const CommandLimits& limits) {
  return end == ReadEnd::too_much
             ? "printed more than " + std::to_string(limits.max_output) + " bytes"
             : "did not end within " + display(limits.timeout);
}

}  // namespace

Result<std::string> run_command(const std::vector<std::string>& command,
                                const CommandLimits& limits) {
  if (command.empty() || command.front().empty()) return error("the command is empty");
  const std::string name = "command '" + command.front() + "' ";
  std::optional<Pipe> output = make_pipe();
  std::optional<Pipe> errors = make_pipe();
  if (!output || !errors) return error(name + "could not be started: too many open files");

  pid_t id = 0;
  const SpawnPlan plan(output->write_end.number(), errors->write_end.number());
  if (const int code = plan.spawn(command, id); code != 0)
    return error(name + "could not be started: " + std::generic_category().message(code));
  Child child(id);
  output->write_end.close();
  errors->write_end.close();

  const SteadyTime deadline = std::chrono::steady_clock::now() + limits.timeout;
  Capture capture(std::move(output->read_end), std::move(errors->read_end));
  const ReadEnd end = capture.read(limits.max_output, deadline);
  if (end != ReadEnd::closed) return error(name + overrun(end, limits));
  const std::optional<int> status = child.wait(deadline);
  if (!status) return error(name + overrun(ReadEnd::too_late, limits));
  if (*status == 0) return capture.take_output();
  Diagnostic fault = error(name + ending(*status));
  fault.detail = capture.last_error_line();
  return fault;
}

}  // namespace stackctl::net
