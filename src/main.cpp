// Where all layers meet: the real world is put together here and nowhere else.

#include <atomic>
#include <csignal>
#include <cstdio>
#include <exception>
#include <iostream>
#include <limits>
#include <memory>
#include <string>
#include <sys/ioctl.h>
#include <unistd.h>
#include <vector>

#include "cli/world.h"
#include "kinds/kinds.h"
#include "net/commands.h"
#include "net/curl_transport.h"
#include "net/surroundings.h"
#include "registry.h"
#include "simulator/cloud.h"
#include "simulator/server.h"
#include "simulator/transport.h"

namespace {

using namespace stackctl;

// A signal handler reaches nothing but what is global.
std::atomic<int> interrupts{0};
std::atomic<net::CurlTransport*> transport_to_wake{nullptr};

void on_signal(int) {
  ++interrupts;
  if (net::CurlTransport* transport = transport_to_wake.load()) transport->interrupt();
}

/// Reads that wait for the user are not restarted: Ctrl-C at a question is an answer.
void handle_signals() {
  struct sigaction action = {};
  action.sa_handler = on_signal;
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  // An apply whose output nobody reads any more goes on.
  signal(SIGPIPE, SIG_IGN);
}

/// The transport that signals wake, for as long as it lives.
class WokenTransport final : public engine::Transport {
 public:
  WokenTransport() { transport_to_wake = &curl_; }
  ~WokenTransport() override { transport_to_wake = nullptr; }
  WokenTransport(const WokenTransport&) = delete;
  WokenTransport& operator=(const WokenTransport&) = delete;

  Time now() const override { return curl_.now(); }
  void start(engine::Ticket ticket, http::Request request) override {
    curl_.start(ticket, std::move(request));
  }
  std::optional<engine::Arrival> wait(Time deadline) override { return curl_.wait(deadline); }
  void cancel_all() override { curl_.cancel_all(); }

 private:
  net::CurlTransport curl_;
};

cli::Terminal terminal() {
  cli::Terminal terminal{isatty(STDIN_FILENO) != 0, isatty(STDOUT_FILENO) != 0,
                         isatty(STDERR_FILENO) != 0, 80};
  winsize size = {};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) terminal.width = size.ws_col;
  return terminal;
}

void write_to(std::FILE* file, std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), file);
  std::fflush(file);
}

std::optional<std::string> read_line() {
  std::string line;
  if (!std::getline(std::cin, line)) return std::nullopt;
  return line;
}

/// `--simulate`. Equal runs have equal times.
Result<cli::Simulation> simulate(const std::optional<std::string>& state) {
  constexpr Time kStart = std::chrono::sys_days{std::chrono::year{2026} / 1 / 1};
  const simulator::Settings settings;
  const auto cloud = std::make_shared<simulator::Cloud>(settings);
  if (state)
    if (const auto fault = cloud->load(*state, kStart)) return *fault;
  cli::Simulation simulation;
  simulation.transport = std::make_unique<simulator::SimulatedTransport>(
      kStart,
      [cloud](const http::Request& request, Time now) { return cloud->handle(request, now); });
  simulation.environment = {{"EXOSCALE_API_KEY", settings.key},
                            {"EXOSCALE_API_SECRET", settings.secret},
                            {"EXOSCALE_ZONE", settings.zone}};
  simulation.state = [cloud] { return cloud->save(); };
  return simulation;
}

Result<bool> serve(const cli::Service& service,
                   const std::function<void(std::string_view)>& ready) {
  if (service.provider != "exoscale")
    return error("there is no simulator of '" + service.provider + "'", "exoscale has one");
  simulator::ServerOptions options;
  if (!service.host.empty()) options.address = service.host;
  options.port = service.port;
  options.state_file = service.state_file;
  options.settings.seed = service.seed;
  options.settings.speed = service.speed.value_or(std::numeric_limits<double>::infinity());
  const auto fault = simulator::serve(options, [&](int port) {
    ready("export EXOSCALE_API_ENDPOINT=http://" + options.address + ":" + std::to_string(port) +
          "/v2\nexport EXOSCALE_API_KEY=" + options.settings.key + "\nexport EXOSCALE_API_SECRET=" +
          options.settings.secret + "\nexport EXOSCALE_ZONE=" + options.settings.zone + "\n");
  });
  return fault ? Result<bool>(*fault) : Result<bool>(true);
}

}  // namespace

int main(int count, char** words) {
  const std::vector<std::string> arguments(words + 1, words + count);
  cli::World world;
  world.version = STACKCTL_VERSION;
  world.kinds = kinds::all();
  world.providers = providers::all();
  world.surroundings = net::real_surroundings();
  world.terminal = terminal();
  world.out = [](std::string_view text) { write_to(stdout, text); };
  world.error = [](std::string_view text) { write_to(stderr, text); };
  world.read_line = read_line;
  world.make_transport = [] { return std::make_unique<WokenTransport>(); };
  world.make_commands = [](const std::string& directory, bool blocks) {
    return net::make_commands({directory, blocks, [] { return interrupts.load(); }});
  };
  world.simulate = simulate;
  world.serve = serve;
  world.interrupts = [] { return interrupts.load(); };
  handle_signals();
  try {
    return cli::run(arguments, world);
  } catch (const std::exception& fault) {
    write_to(stderr, std::string("error: ") + fault.what() + "\n");
    return cli::kFailure;
  }
}
