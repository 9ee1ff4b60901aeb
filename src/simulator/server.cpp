#include "simulator/server.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <httplib.h>
#include <mutex>
#include <pthread.h>
#include <thread>

#include "simulator/state_file.h"

namespace stackctl::simulator {
namespace {

// Each open connection holds a thread, and clients keep theirs open.
constexpr std::size_t threads = 128;
constexpr int idle_seconds = 5;
constexpr std::size_t requests_per_connection = 1'000'000;

Time real_time() {
  return std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
}

// The signals that end the server, kept from all threads but the one that waits for them.
class StopSignals {
 public:
  StopSignals() {
    sigemptyset(&signals_);
    sigaddset(&signals_, SIGINT);
    sigaddset(&signals_, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals_, &before_);
  }
  ~StopSignals() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;

  /// Whether one came within a tenth of a second.
  bool wait() const {
    constexpr timespec tenth{0, 100'000'000};
    return sigtimedwait(&signals_, nullptr, &tenth) > 0;
  }

 private:
  sigset_t signals_{};
  sigset_t before_{};
};

// The cloud behind a lock, kept in a file.
class SharedCloud {
 public:
  explicit SharedCloud(const ServerOptions& options)
      : cloud_(options.settings),
        chaos_(options.faults, options.settings.seed),
        speed_(options.settings.speed),
        path_(options.state_file) {}

  std::optional<Diagnostic> load() {
    return path_.empty() ? std::nullopt : load_state(cloud_, path_, real_time());
  }

  http::Reply handle(const http::Request& request) {
    const Routed routed = route(request);
    // Only the one who asked waits: each connection has its own thread.
    std::this_thread::sleep_for(std::chrono::duration<double, std::micro>(
        static_cast<double>(routed.late.count()) / speed_));
    return routed.reply;
  }

  std::optional<Diagnostic> fault() const {
    const std::lock_guard lock(mutex_);
    return fault_;
  }

 private:
  Routed route(const http::Request& request) {
    const std::lock_guard lock(mutex_);
    Routed routed = chaos_.handle(cloud_, request, real_time());
    if (!path_.empty() && cloud_.revision() != saved_) {
      fault_ = save_state(cloud_, path_);
      saved_ = cloud_.revision();
    }
    return routed;
  }

  mutable std::mutex mutex_;
  Cloud cloud_;
  Chaos chaos_;
  double speed_;
  std::string path_;
  std::uint64_t saved_ = 0;
  std::optional<Diagnostic> fault_;
};

// The path stays as it was sent: it is part of what was signed.
http::Request translate(const httplib::Request& received) {
  const std::size_t mark = received.target.find('?');
  http::Request request;
  request.method = received.method;
  request.url = "http://" + received.get_header_value("Host") + received.target.substr(0, mark);
  if (mark != std::string::npos)
    request.query = http::parse_query(received.target.substr(mark + 1));
  for (const auto& [name, value] : received.headers) request.headers.emplace_back(name, value);
  request.body = received.body;
  return request;
}

// The library does not say over which socket a request came: it is found by its other end.
void hang_up(const httplib::Request& received) {
  std::error_code gone;
  for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd", gone)) {
    const int descriptor = std::stoi(entry.path().filename().string());
    sockaddr_in6 peer = {};  // its port lies where that of IPv4 does
    socklen_t size = sizeof peer;
    if (getpeername(descriptor, reinterpret_cast<sockaddr*>(&peer), &size) == 0 &&
        ntohs(peer.sin6_port) == received.remote_port)
      ::shutdown(descriptor, SHUT_RDWR);
  }
}

void answer(SharedCloud& cloud, const httplib::Request& received, httplib::Response& response) {
  const http::Reply reply = cloud.handle(translate(received));
  if (reply.failure != http::Failure::none) return hang_up(received);
  response.status = reply.status;
  for (const auto& [name, value] : reply.headers) response.set_header(name, value);
  response.body = reply.body;
}

void set_up(httplib::Server& server, SharedCloud& cloud) {
  server.new_task_queue = [] { return new httplib::ThreadPool(threads); };
  server.set_keep_alive_timeout(idle_seconds);
  server.set_keep_alive_max_count(requests_per_connection);
  server.set_tcp_nodelay(true);
  const auto handler = [&cloud](const httplib::Request& request, httplib::Response& response) {
    answer(cloud, request, response);
  };
  // Without a length the library would read the body until the connection closes; there is none.
  server.set_pre_routing_handler(
      [handler](const httplib::Request& request, httplib::Response& response) {
        if (request.has_header("Content-Length") || request.has_header("Transfer-Encoding"))
          return httplib::Server::HandlerResponse::Unhandled;
        handler(request, response);
        return httplib::Server::HandlerResponse::Handled;
      });
  const char* everything = ".*";
  server.Get(everything, handler).Post(everything, handler).Put(everything, handler);
  server.Patch(everything, handler).Delete(everything, handler).Options(everything, handler);
}

/// The port that connections are accepted on, or -1.
int bind(httplib::Server& server, const ServerOptions& options) {
  socket_t listening = INVALID_SOCKET;
  server.set_socket_options([&](socket_t descriptor) {
    const int yes = 1;
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    listening = descriptor;
  });
  int port = options.port;
  if (port == 0)
    port = server.bind_to_any_port(options.address);
  else if (!server.bind_to_port(options.address, port))
    return -1;
  // The library lets five connections wait; of a burst of more, some would be served a second late,
  // when the kernel repeats the handshakes that it dropped.
  return port > 0 && ::listen(listening, SOMAXCONN) == 0 ? port : -1;
}

}  // namespace

std::optional<Diagnostic> serve(const ServerOptions& options,
                                const std::function<void(int)>& on_ready) {
  if (const auto crash = std::ranges::find_if(options.faults, ends_client);
      crash != options.faults.end())
    return error("a server cannot let its clients crash: " + display({*crash}),
                 "'apply --simulate' can");
  SharedCloud cloud(options);
  if (auto fault = cloud.load()) return fault;
  const StopSignals signals;
  httplib::Server server;
  set_up(server, cloud);
  const int port = bind(server, options);
  if (port < 0)
    return error("cannot listen on " + options.address + ":" + std::to_string(options.port),
                 "choose another port, or 0 for a free one");
  std::jthread watcher([&](const std::stop_token& done) {
    while (!done.stop_requested() && !options.stop.stop_requested() && !signals.wait()) continue;
    // The library forgets an order to stop that comes before it listens.
    while (!done.stop_requested() && !server.is_running()) std::this_thread::yield();
    server.stop();
  });
  on_ready(port);
  server.listen_after_bind();
  watcher.request_stop();
  watcher.join();
  return cloud.fault();
}

}  // namespace stackctl::simulator
