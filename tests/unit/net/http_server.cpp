#include "http_server.h"

#include <httplib.h>
#include <stdexcept>
#include <sys/socket.h>
#include <thread>
#include <utility>

namespace stackctl::net::test {
namespace {

// A kept connection occupies a thread of the server, so there must be more than connections.
constexpr std::size_t thread_count = 48;

http::Request request_from(const httplib::Request& from) {
  http::Request request;
  request.method = from.method;
  request.url = from.target;
  request.headers.assign(from.headers.begin(), from.headers.end());
  request.body = from.body;
  return request;
}

void answer_with(const http::Reply& reply, httplib::Response& to) {
  to.status = reply.status;
  for (const auto& [name, value] : reply.headers) to.set_header(name, value);
  if (!reply.body.empty()) to.set_content(reply.body, "text/plain");
}

}  // namespace

struct HttpServer::State {
  explicit State(std::unique_ptr<httplib::Server> made) : server(std::move(made)) {}

  std::unique_ptr<httplib::Server> server;
  std::thread thread;
  int port = 0;

  void serve(const Handler& handler) {
    const auto respond = [handler](const httplib::Request& request, httplib::Response& response) {
      answer_with(handler(request_from(request)), response);
    };
    server->new_task_queue = [] { return new httplib::ThreadPool(thread_count); };
    server->Get(".*", respond).Post(".*", respond).Put(".*", respond).Delete(".*", respond);
    int listening = -1;
    server->set_socket_options([&](socket_t descriptor) { listening = descriptor; });
    port = server->bind_to_any_port("127.0.0.1");
    // The library allows for five waiting connections; a burst of more would be served a second
    // late, when the kernel repeats the handshakes that it dropped.
    if (port <= 0 || ::listen(listening, SOMAXCONN) != 0)
      throw std::runtime_error("the test server cannot listen");
    thread = std::thread([this] { server->listen_after_bind(); });
    // `stop` before the loop runs would be forgotten.
    while (!server->is_running()) std::this_thread::yield();
  }
};

HttpServer::HttpServer(const Handler& handler)
    : state_(std::make_unique<State>(std::make_unique<httplib::Server>())) {
  state_->serve(handler);
}

HttpServer::HttpServer(const Handler& handler, const std::string& certificate_file,
                       const std::string& key_file)
    : state_(std::make_unique<State>(
          std::make_unique<httplib::SSLServer>(certificate_file.c_str(), key_file.c_str()))) {
  state_->serve(handler);
}

HttpServer::~HttpServer() {
  state_->server->stop();
  state_->thread.join();
}

int HttpServer::port() const { return state_->port; }

}  // namespace stackctl::net::test
