// A program run without a shell: its outputs are captured, its standard input is empty.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <sys/types.h>
#include <vector>

#include "net/descriptor.h"
#include "stackctl/diagnostic.h"

namespace stackctl::net {

struct ProcessOptions {
  std::map<std::string, std::string> environment = {};  ///< added to that of this process
  std::string directory = {};                           ///< to run in; empty: this one
  /// It leads a process group of its own: a Ctrl-C at the terminal does not reach it, and it is
  /// killed with all its children.
  bool leads_group = false;
  std::vector<std::string> secrets = {};  ///< texts that are hidden where it is shown
};

/// A child process; killed and reaped if it still runs when we lose interest.
class Process {
 public:
  /// A fault names the program, never its arguments.
  static Result<std::unique_ptr<Process>> start(const std::vector<std::string>& command,
                                                ProcessOptions options = {});
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  /// Takes in what it prints; waits at most `longest` until there is something, else false. Both
  /// outputs are read side by side, so that the child never blocks on the one not looked at.
  bool read(std::chrono::milliseconds longest);
  bool has_open_outputs() const { return output_pipe_.is_open() || error_pipe_.is_open(); }
  /// Its wait status once it has ended; -1 when somebody else reaped it.
  std::optional<int> poll_end();
  void kill();

  std::string& output() { return output_; }
  /// The same, fit to be shown.
  std::string shown_output() const;
  /// The last line of its standard error, fit to be shown.
  std::string last_error_line() const;

 private:
  Process(pid_t id, Descriptor output, Descriptor errors, ProcessOptions options);
  void append(Descriptor& from, std::string& to);

  pid_t id_;
  std::optional<int> status_;
  ProcessOptions options_;
  Descriptor output_pipe_;
  Descriptor error_pipe_;
  std::string chunk_;
  std::string output_;
  std::string errors_;
};

/// "failed with exit status 1"
std::string ending(int wait_status);

}  // namespace stackctl::net
