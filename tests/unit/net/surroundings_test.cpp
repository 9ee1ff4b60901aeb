#include "net/surroundings.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "net/command.h"

namespace stackctl::net {
namespace {

using Catch::Matchers::Contains;
using Command = std::vector<std::string>;

/// A directory that plays the home directory while it exists.
class Home {
 public:
  Home() {
    std::filesystem::create_directories(path_ / "sub");
    std::ofstream(path_ / "sub" / "config") << std::string("a=1\n\0b", 6);
    ::setenv("HOME", path_.c_str(), 1);
  }
  ~Home() {
    ::setenv("HOME", before_.c_str(), 1);
    std::filesystem::remove_all(path_);
  }
  std::string path() const { return path_.string(); }

 private:
  std::string before_ = std::getenv("HOME") == nullptr ? "/" : std::getenv("HOME");
  std::filesystem::path path_ =
      std::filesystem::temp_directory_path() / ("stackctl-test-home-" + std::to_string(::getpid()));
};

TEST_CASE("the environment is read at the time of asking") {
  const Surroundings machine = real_surroundings();
  ::unsetenv("STACKCTL_TEST_VALUE");
  CHECK(machine.environment("STACKCTL_TEST_VALUE") == std::nullopt);
  ::setenv("STACKCTL_TEST_VALUE", "", 1);
  CHECK(machine.environment("STACKCTL_TEST_VALUE") == "");
  ::setenv("STACKCTL_TEST_VALUE", "x", 1);
  CHECK(machine.environment("STACKCTL_TEST_VALUE") == "x");
  ::unsetenv("STACKCTL_TEST_VALUE");
}

TEST_CASE("files are read whole, below the home directory too") {
  const Home home;
  const Surroundings machine = real_surroundings();
  const std::string text("a=1\n\0b", 6);
  CHECK(machine.read_file(home.path() + "/sub/config") == text);
  CHECK(machine.read_file("~/sub/config") == text);
  CHECK(machine.read_file("~/missing") == std::nullopt);
  CHECK(machine.read_file("~/sub") == std::nullopt);
}

TEST_CASE("a command's standard output comes back, without a shell in between") {
  struct Row {
    Command command;
    std::string output;
  };
  const Row row = GENERATE(values<Row>({{{"printf", "%s|", "a b", "$HOME", "*"}, "a b|$HOME|*|"},
                                        {{"true"}, ""},
                                        {{"cat"}, ""},  // standard input is empty
                                        {{"sh", "-c", "echo noise >&2; echo out"}, "out\n"},
                                        {{"sh", "-c", "exec >&- 2>&-; true"}, ""}}));
  CAPTURE(row.command);
  const auto result = real_surroundings().run(row.command);
  REQUIRE(result);
  CHECK(*result == row.output);
}

TEST_CASE("both outputs may be larger than a pipe holds") {
  const auto result =
      run_command({"sh", "-c", "head -c 300000 /dev/zero >&2; head -c 300000 /dev/zero"});
  REQUIRE(result);
  CHECK(result->size() == 300000);
}

TEST_CASE("a failing command says how it ended and keeps its arguments to itself") {
  struct Row {
    Command command;
    std::string summary;
    std::string detail;
  };
  const Row row = GENERATE(values<Row>(
      {{{}, "the command is empty", ""},
       {{"false", "hidden"}, "command 'false' failed with exit status 1", ""},
       {{"sh", "-c", "echo hidden; echo first >&2; printf 'last\\033[31m\\n\\n' >&2; exit 3"},
        "command 'sh' failed with exit status 3",
        "last[31m"},
       {{"sh", "-c", "kill -9 $$; : hidden"}, "command 'sh' was killed by signal 9", ""},
       {{"stackctl-no-such-program", "hidden"},
        "command 'stackctl-no-such-program' could not be started: No such file or directory",
        ""}}));
  CAPTURE(row.command);
  const auto result = run_command(row.command);
  REQUIRE_FALSE(result);
  CHECK(result.fault().summary == row.summary);
  CHECK(result.fault().detail == row.detail);
  CHECK_THAT(result.fault().summary + result.fault().detail + result.fault().hint,
             !Contains("hidden"));
}

TEST_CASE("a command that prints without end is stopped") {
  const auto result = run_command({"yes"});
  REQUIRE_FALSE(result);
  CHECK(result.fault().summary == "command 'yes' printed more than 1048576 bytes");
}

TEST_CASE("a command that does not end is stopped") {
  const Command command = GENERATE(values<Command>(
      {{"tail", "-f", "/dev/null"}, {"sh", "-c", "exec tail -f /dev/null > /dev/null 2>&1"}}));
  CommandLimits limits;
  limits.timeout = std::chrono::milliseconds{100};
  const auto result = run_command(command, limits);
  REQUIRE_FALSE(result);
  CHECK_THAT(result.fault().summary, Contains("did not end within 0.1s"));
}

TEST_CASE("a command inherits no open files") {
  const int open_file = ::dup(STDERR_FILENO);
  const auto result =
      run_command({"sh", "-c", "test -e /proc/self/fd/" + std::to_string(open_file)});
  ::close(open_file);
  CHECK_FALSE(result);
}

}  // namespace
}  // namespace stackctl::net
