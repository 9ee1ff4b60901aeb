// Where all layers meet: the real world is put together here and nowhere else.

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <exception>
#include <iostream>
#include <limits>
#include <memory>
#include <poll.h>
#include <string>
#include <sys/ioctl.h>
#include <unistd.h>
#include <vector>

#include "backend/file_store.h"
#include "cli/world.h"
#include "kinds/kinds.h"
#include "net/commands.h"
#include "net/curl_transport.h"
#include "net/identity.h"
#include "net/surroundings.h"
#include "registry.h"
#include "simulator/chaos.h"
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

std::optional<std::string> read_line(const std::function<bool()>& go_on) {
  constexpr int kMilliseconds = 1000;
  pollfd input = {STDIN_FILENO, POLLIN, 0};
  while (std::cin.rdbuf()->in_avail() <= 0 && ::poll(&input, 1, kMilliseconds) <= 0)
    if (interrupts > 0 || !go_on()) return std::nullopt;
  std::string line;
  if (!std::getline(std::cin, line)) return std::nullopt;
  return line;
}

Result<std::vector<simulator::Fault>> faults_in(const std::string& text) {
  if (text.empty()) return std::vector<simulator::Fault>{};
  return simulator::parse_faults(text);
}

/// `--simulate`. Equal runs have equal times.
Result<cli::Simulation> simulate(const cli::SimulationRequest& request) {
  constexpr Time kStart = std::chrono::sys_days{std::chrono::year{2026} / 1 / 1};
  const auto faults = faults_in(request.faults);
  if (!faults) return faults.fault();
  simulator::Settings settings;
  settings.seed = request.seed;
  const auto cloud = std::make_shared<simulator::Cloud>(settings);
  if (request.state)
    if (auto fault = cloud->load(*request.state, kStart)) return fault->hint.clear(), *fault;
  const auto die = [cloud, keep = request.keep] {
    keep(cloud->save());
    ::kill(::getpid(), SIGKILL);
  };
  const auto chaos = std::make_shared<simulator::Chaos>(*faults, request.seed, die);
  cli::Simulation simulation;
  simulation.providers = {"exoscale"};
  simulation.transport = std::make_unique<simulator::SimulatedTransport>(
      kStart,
      [cloud, chaos](const http::Request& sent, Time now) {
        return chaos->handle(*cloud, sent, now);
      },
      request.seed);
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
  const auto faults = faults_in(service.faults);
  if (!faults) return faults.fault();
  simulator::ServerOptions options;
  options.faults = *faults;
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

/// A signal ends it.
void pause(Duration duration) {
  if (interrupts > 0) return;
  const auto whole = std::chrono::floor<std::chrono::seconds>(duration);
  const std::chrono::nanoseconds rest = duration - whole;
  const timespec time = {whole.count(), rest.count()};
  ::nanosleep(&time, nullptr);
}

cli::Team team() {
  cli::Team team;
  team.now = [] { return std::chrono::floor<Duration>(std::chrono::system_clock::now()); };
  team.pause = pause;
  team.who_am_i = [] {
    const net::Identity me = net::identity();
    return backend::Holder{me.id, me.user, me.host, me.machine, me.process, {}, {}, {}};
  };
  team.is_gone = [here = net::identity().machine](const backend::Holder& holder) {
    return !here.empty() && holder.machine == here && !net::is_running(holder.process);
  };
  team.open_store = backend::open_file_store;
  return team;
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
  world.team = team();
  handle_signals();
  try {
    return cli::run(arguments, world);
  } catch (const std::exception& fault) {
    write_to(stderr, std::string("error: ") + fault.what() + "\n");
    return cli::kFailure;
  }
}
