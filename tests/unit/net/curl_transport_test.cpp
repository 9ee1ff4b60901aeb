#include "net/curl_transport.h"

#include <atomic>
#include <condition_variable>
#include <csignal>
#include <filesystem>
#include <mutex>
#include <optional>
#include <thread>

#include <catch2/catch.hpp>

#include "client.h"
#include "http_server.h"
#include "raw_listener.h"

namespace stackctl::net::test {
namespace {

using http::Failure;

http::Reply reply_with(int status, std::string body = {}) {
  http::Reply reply;
  reply.status = status;
  reply.body = std::move(body);
  return reply;
}

/// A server that keeps what it was asked last.
class Recorder {
 public:
  http::Request last() {
    const std::lock_guard lock(mutex_);
    return last_;
  }
  int port() const { return server_.port(); }

 private:
  std::mutex mutex_;
  http::Request last_;
  HttpServer server_{[this](const http::Request& request) {
    const std::lock_guard lock(mutex_);
    last_ = request;
    return reply_with(200);
  }};
};

/// Holds threads until as many as expected have come, or until it is opened.
class Gate {
 public:
  void pass(int expected) {
    std::unique_lock lock(mutex_);
    ++waiting_;
    if (waiting_ >= expected) is_open_ = true;
    changed_.notify_all();
    changed_.wait(lock, [this] { return is_open_; });
  }
  void open() {
    const std::lock_guard lock(mutex_);
    is_open_ = true;
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int waiting_ = 0;
  bool is_open_ = false;
};

constexpr int never = 1000;

std::optional<std::string> header(const http::Request& request, std::string_view name) {
  const auto found = http::find(request.headers, name);
  if (!found) return std::nullopt;
  return std::string(*found);
}

TEST_CASE("status, headers and body come back") {
  const HttpServer server([](const http::Request& request) {
    http::Reply reply =
        reply_with(request.method == "POST" ? 201 : 404, "you said " + request.body);
    reply.headers = {{"X-Request-Id", "42"}, {"Retry-After", "3"}};
    return reply;
  });
  CurlTransport transport;
  const http::Reply reply = exchange(transport, request("POST", loopback(server.port()), "hello"));
  CHECK(reply.failure == Failure::none);
  CHECK(reply.failure_text.empty());
  CHECK(reply.status == 201);
  CHECK(reply.body == "you said hello");
  CHECK(http::find(reply.headers, "x-request-id") == "42");
  CHECK(http::find(reply.headers, "Retry-After") == "3");
  CHECK(exchange(transport, request("GET", loopback(server.port()))).status == 404);
}

TEST_CASE("a reply may hold any byte") {
  const std::string bytes("a\0b\xff\r\n", 6);
  const HttpServer server(
      [&](const http::Request& request) { return reply_with(200, request.body); });
  CurlTransport transport;
  CHECK(exchange(transport, request("PUT", loopback(server.port()), bytes)).body == bytes);
}

TEST_CASE("query fields are encoded once") {
  Recorder server;
  CurlTransport transport;
  http::Request get = request("GET", loopback(server.port(), "/v2/a%20b/../c"));
  get.query = {{"name", "a b&c=d"}, {"sign", "+/%"}, {"empty", ""}};
  REQUIRE(exchange(transport, get).status == 200);
  CHECK(server.last().url == "/v2/a%20b/../c?name=a%20b%26c%3Dd&sign=%2B%2F%25&empty=");
}

TEST_CASE("each method sends the body and the headers that belong to it") {
  struct Row {
    std::string method;
    std::string body;
    std::optional<std::string> length;
  };
  const Row row = GENERATE(values<Row>({{"GET", "", {}},
                                        {"HEAD", "", {}},
                                        {"POST", "", "0"},
                                        {"POST", "{}", "2"},
                                        {"PUT", "", "0"},
                                        {"PUT", "{}", "2"},
                                        {"DELETE", "", {}},
                                        {"DELETE", "{}", "2"},
                                        {"POST", std::string(3'000'000, 'x'), "3000000"}}));
  CAPTURE(row.method, row.body.size());
  Recorder server;
  CurlOptions options;
  options.user_agent = "stackctl/1.2.3";
  CurlTransport transport(options);
  REQUIRE(exchange(transport, request(row.method, loopback(server.port()), row.body)).status ==
          200);
  const http::Request seen = server.last();
  CHECK(seen.method == row.method);
  CHECK(seen.body == row.body);
  CHECK(header(seen, "Content-Length") == row.length);
  CHECK(header(seen, "User-Agent") == "stackctl/1.2.3");
  CHECK(header(seen, "Accept") == "*/*");
  CHECK(header(seen, "Expect") == std::nullopt);
  CHECK(header(seen, "Content-Type") == std::nullopt);
}

TEST_CASE("headers of the request win over curl's own, except for the framing") {
  Recorder server;
  CurlTransport transport;
  http::Request post = request("POST", loopback(server.port()), "{}");
  post.headers = {{"Content-Type", "application/json"},
                  {"Accept", "application/json"},
                  {"Authorization", "token 1"},
                  {"Content-Length", "999"},
                  {"Host", "api.example.com"}};
  REQUIRE(exchange(transport, post).status == 200);
  const http::Request seen = server.last();
  CHECK(header(seen, "Content-Type") == "application/json");
  CHECK(header(seen, "Accept") == "application/json");
  CHECK(header(seen, "Authorization") == "token 1");
  CHECK(header(seen, "Content-Length") == "2");
  CHECK(header(seen, "Host") == "api.example.com");
}

TEST_CASE("a header without a value is sent as such") {
  const RawListener server([](RawConnection& connection) {
    const bool is_sent = connection.read_request().find("\r\nX-Empty:\r\n") != std::string::npos;
    connection.write(is_sent ? "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
                             : "HTTP/1.1 400 Bad\r\nContent-Length: 0\r\n\r\n");
  });
  CurlTransport transport;
  http::Request get = request("GET", loopback(server.port()));
  get.headers = {{"X-Empty", ""}};
  CHECK(exchange(transport, get).status == 200);
}

TEST_CASE("a handle that is used again carries nothing over") {
  Recorder server;
  CurlTransport transport;
  http::Request post = request("POST", loopback(server.port()), "secret");
  post.headers = {{"Authorization", "token 1"}};
  REQUIRE(exchange(transport, post).status == 200);
  REQUIRE(exchange(transport, request("HEAD", loopback(server.port()))).status == 200);
  REQUIRE(exchange(transport, request("GET", loopback(server.port()))).status == 200);
  CHECK(server.last().method == "GET");
  CHECK(server.last().body.empty());
  CHECK(header(server.last(), "Authorization") == std::nullopt);
}

TEST_CASE("a redirect is a reply and is not followed") {
  std::atomic<int> calls{0};
  const HttpServer server([&](const http::Request&) {
    ++calls;
    http::Reply reply = reply_with(307);
    reply.headers = {{"Location", "/elsewhere"}};
    return reply;
  });
  CurlTransport transport;
  const http::Reply reply = exchange(transport, request("GET", loopback(server.port())));
  CHECK(reply.status == 307);
  CHECK(http::find(reply.headers, "Location") == "/elsewhere");
  CHECK(calls == 1);
}

TEST_CASE("300 requests in flight all arrive, each with its own answer") {
  const HttpServer server(
      [](const http::Request& request) { return reply_with(200, request.url); });
  CurlTransport transport;
  for (engine::Ticket ticket = 1; ticket <= 300; ++ticket)
    transport.start(ticket, request("GET", loopback(server.port(), "/" + std::to_string(ticket))));
  const auto replies = gather(transport, 300);
  REQUIRE(replies.size() == 300);
  for (const auto& [ticket, reply] : replies) {
    CAPTURE(ticket, reply.failure_text);
    CHECK(reply.status == 200);
    CHECK(reply.body == "/" + std::to_string(ticket));
  }
  CHECK_FALSE(transport.wait(transport.now()));
}

TEST_CASE("requests are served side by side") {
  // None is answered before all 16 are there: one after the other would run into the time-out.
  Gate gate;
  const HttpServer server([&](const http::Request&) {
    gate.pass(16);
    return reply_with(200);
  });
  CurlOptions options;
  options.request_timeout = std::chrono::seconds{20};
  CurlTransport transport(options);
  for (engine::Ticket ticket = 1; ticket <= 16; ++ticket)
    transport.start(ticket, request("GET", loopback(server.port())));
  const auto replies = gather(transport, 16);
  gate.open();
  REQUIRE(replies.size() == 16);
  for (const auto& [ticket, reply] : replies) CHECK(reply.status == 200);
}

TEST_CASE("a connection is kept for the next request") {
  std::atomic<int> connections{0};
  const RawListener server([&](RawConnection& connection) {
    ++connections;
    while (!connection.read_request().empty())
      connection.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
  });
  CurlTransport transport;
  for (int i = 0; i < 5; ++i)
    CHECK(exchange(transport, request("POST", loopback(server.port()), "{}")).body == "ok");
  CHECK(connections == 1);
}

TEST_CASE("a host can be reached through a Unix socket") {
  const auto path = std::filesystem::temp_directory_path() /
                    ("stackctl-test-" + std::to_string(::getpid()) + ".sock");
  std::filesystem::remove(path);
  const RawListener server(path.string(), [](RawConnection& connection) {
    const std::string seen = connection.read_request();
    const bool is_right = seen.starts_with("GET /info HTTP/1.1\r\nHost: engine\r\n");
    connection.write(is_right ? "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
                              : "HTTP/1.1 400 Bad\r\nContent-Length: 0\r\n\r\n");
  });
  CurlOptions options;
  options.hosts["engine"].socket_path = path.string();
  CurlTransport transport(options);
  CHECK(exchange(transport, request("GET", "http://engine/info")).status == 200);
  std::filesystem::remove(path);
}

TEST_CASE("wait returns nothing at its deadline and the arrival later") {
  Gate gate;
  const HttpServer server([&](const http::Request&) {
    gate.pass(never);
    return reply_with(200);
  });
  CurlTransport transport;
  transport.start(7, request("GET", loopback(server.port())));
  CHECK_FALSE(transport.wait(Time::min()));
  CHECK_FALSE(transport.wait(transport.now()));
  const Time deadline = transport.now() + std::chrono::milliseconds{30};
  CHECK_FALSE(transport.wait(deadline));
  CHECK(transport.now() >= deadline);
  gate.open();
  const auto arrival = transport.wait(Time::max());
  REQUIRE(arrival);
  CHECK(arrival->ticket == 7);
  CHECK(arrival->reply.status == 200);
}

TEST_CASE("wait sleeps until its deadline when nothing is in flight") {
  CurlTransport transport;
  const Time deadline = transport.now() + std::chrono::milliseconds{5};
  CHECK_FALSE(transport.wait(deadline));
  CHECK(transport.now() >= deadline);
}

TEST_CASE("interrupt before a wait ends that wait, once") {
  const HttpServer server([](const http::Request&) { return reply_with(200); });
  CurlTransport transport;
  transport.start(1, request("GET", loopback(server.port())));
  transport.interrupt();
  transport.interrupt();
  CHECK_FALSE(transport.wait(Time::max()));
  CHECK(transport.wait(Time::max()));  // what was in flight is not lost
}

TEST_CASE("interrupt from another thread ends the wait") {
  CurlTransport transport;
  std::thread other([&] { transport.interrupt(); });
  CHECK_FALSE(transport.wait(Time::max()));
  other.join();
}

CurlTransport* signalled = nullptr;

TEST_CASE("interrupt works in a signal handler") {
  CurlTransport transport;
  signalled = &transport;
  const auto previous = std::signal(SIGUSR1, [](int) { signalled->interrupt(); });
  std::raise(SIGUSR1);
  std::signal(SIGUSR1, previous);
  CHECK_FALSE(transport.wait(Time::max()));
}

}  // namespace
}  // namespace stackctl::net::test
