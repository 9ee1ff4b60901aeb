#include "net/commands.h"

#include <csignal>
#include <filesystem>
#include <map>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include <catch2/catch.hpp>

namespace stackctl::net {
namespace {

engine::Command shell(const std::string& script) { return {{"sh", "-c", script}, {}, {}}; }

engine::Ended wait_for_one(engine::Commands& commands) {
  for (;;) {
    if (std::optional<engine::Ended> ended = commands.ended()) return *std::move(ended);
    std::this_thread::yield();
  }
}

TEST_CASE("a command has its variables, our environment, no input and its directory") {
  ::setenv("STACKCTL_TEST_OURS", "ours", 1);
  ::setenv("STACKCTL_TEST_BOTH", "ours", 1);
  const auto commands = make_commands({.directory = "/"});
  engine::Command command =
      shell(R"(printf '%s %s %s ' "$STACKCTL_TEST_OURS" "$STACKCTL_TEST_BOTH" "$TOKEN"; pwd; cat)");
  command.environment = {{"STACKCTL_TEST_BOTH", "theirs"}, {"TOKEN", "a b=c"}};
  commands->start(7, command);
  const engine::Ended ended = wait_for_one(*commands);
  CHECK(ended.id == 7);
  REQUIRE(ended.output);
  CHECK(*ended.output == "ours theirs a b=c /\n");
  CHECK_FALSE(commands->ended());
}

TEST_CASE("what a command prints is shown without the secrets that it inherits") {
  ::setenv("STACKCTL_VAR_test", "hunter2", 1);
  ::setenv("STACKCTL_TEST_PASSWORD", "correct horse", 1);
  const auto commands = make_commands({});
  commands->start(1, shell(R"(echo "$STACKCTL_VAR_test $STACKCTL_TEST_PASSWORD"; exit 1)"));
  const engine::Ended ended = wait_for_one(*commands);
  ::unsetenv("STACKCTL_VAR_test");
  ::unsetenv("STACKCTL_TEST_PASSWORD");
  CHECK_FALSE(ended.output);
  CHECK(ended.printed == "(secret) (secret)\n");
}

TEST_CASE("a command that fails names its program, and hides its secrets") {
  struct Row {
    engine::Command command;
    std::string summary;
    std::string detail;
  };
  const Row row = GENERATE(values<Row>(
      {{{{"sh", "-c", "echo \"no $TOKEN, not $TOKEN\" >&2; exit 3; : hidden"},
         {{"TOKEN", "hidden"}},
         {"hidden"}},
        "command 'sh' failed with exit status 3",
        "no (secret), not (secret)"},
       {{{"sh", "-c", "kill -9 $$"}, {}, {}}, "command 'sh' was killed by signal 9", ""},
       {{{"stackctl-no-such-program", "hidden"}, {}, {}},
        "command 'stackctl-no-such-program' could not be started: No such file or directory",
        ""},
       {{{}, {}, {}}, "the command is empty", ""}}));
  const bool blocks = GENERATE(false, true);
  const auto commands = make_commands({.blocks = blocks});
  commands->start(1, row.command);
  const engine::Ended ended = wait_for_one(*commands);
  REQUIRE_FALSE(ended.output);
  CHECK(ended.output.fault().summary == row.summary);
  CHECK(ended.output.fault().detail == row.detail);
}

TEST_CASE("more output than is kept stops no command") {
  const auto commands = make_commands();
  commands->start(1, shell("head -c 3000000 /dev/zero; head -c 300000 /dev/zero >&2"));
  const engine::Ended ended = wait_for_one(*commands);
  REQUIRE(ended.output);
  CHECK(ended.output->size() == std::size_t{1} << 20);
}

TEST_CASE("commands run side by side") {
  const auto commands = make_commands();
  const std::filesystem::path pipe =
      std::filesystem::temp_directory_path() / ("stackctl-fifo-" + std::to_string(::getpid()));
  REQUIRE(std::system(("mkfifo " + pipe.string()).c_str()) == 0);
  commands->start(1, shell("cat " + pipe.string()));
  commands->start(2, shell("echo met > " + pipe.string()));
  std::map<std::size_t, std::string> outputs;
  for (int i = 0; i < 2; ++i) {
    const engine::Ended ended = wait_for_one(*commands);
    outputs[ended.id] = ended.output ? *ended.output : "failed";
  }
  std::filesystem::remove(pipe);
  CHECK(outputs == std::map<std::size_t, std::string>{{1, "met\n"}, {2, ""}});
}

TEST_CASE("a command is over when its program is, whatever it leaves behind") {
  const auto commands = make_commands();
  commands->start(1, shell("tail -f /dev/null & echo $!"));
  const engine::Ended ended = wait_for_one(*commands);
  REQUIRE(ended.output);
  const auto left = static_cast<pid_t>(std::stoi(*ended.output));
  CHECK(::kill(left, SIGKILL) == 0);
}

TEST_CASE("what is cancelled is gone, with its children and without a zombie") {
  const auto commands = make_commands();
  commands->start(1, shell("tail -f /dev/null | tail -f"));
  commands->cancel_all();
  CHECK_FALSE(commands->ended());
  CHECK(::waitpid(-1, nullptr, WNOHANG) == -1);
}

TEST_CASE("only the second wish to stop kills a command that is waited for") {
  int asked = 0;
  const auto commands = make_commands({.blocks = true, .interrupts = [&] { return ++asked; }});
  commands->start(1, shell("exec tail -f /dev/null"));
  const std::optional<engine::Ended> ended = commands->ended();
  REQUIRE(ended);
  REQUIRE_FALSE(ended->output);
  CHECK(ended->output.fault().summary == "command 'sh' was killed by signal 9");
  CHECK(asked >= 2);
}

TEST_CASE("no open file is left behind") {
  const auto count = [] {
    return std::distance(std::filesystem::directory_iterator("/proc/self/fd"), {});
  };
  const auto before = count();
  const auto commands = make_commands();
  commands->start(1, shell("true"));
  commands->start(2, {{"stackctl-no-such-program"}, {}, {}});
  for (int i = 0; i < 2; ++i) wait_for_one(*commands);
  CHECK(count() == before);
}

}  // namespace
}  // namespace stackctl::net
