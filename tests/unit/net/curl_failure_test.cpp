// What arrives when no reply does: whether the request may have reached the server, and why.
#include <atomic>

#include <catch2/catch.hpp>

#include "client.h"
#include "net/curl_transport.h"
#include "raw_listener.h"

namespace stackctl::net::test {
namespace {

using Catch::Matchers::Contains;
using http::Failure;

http::Request with_header(std::string name, std::string value) {
  http::Request made = request("GET", loopback(closed_port()));
  made.headers = {{std::move(name), std::move(value)}};
  return made;
}

TEST_CASE("a request that cannot be sent is not_sent, whatever its method") {
  struct Row {
    http::Request sent;
    std::string text;
  };
  const std::string closed = loopback(closed_port());
  const Row row = GENERATE_COPY(values<Row>(
      {{request("GET", closed), "could not connect to 127.0.0.1:"},
       {request("POST", closed, "{}"), "could not connect to 127.0.0.1:"},
       {request("GET", "http://no-such-host.invalid/v2"),
        "could not resolve host: no-such-host.invalid"},
       {request("GET", "ftp://example.com/"), "not a URL that can be used: example.com"},
       {request("GET", "http://user:hidden@127.0.0.1:1/"), "must not contain a user name"},
       {request("GET", "/v2/zone"), "no valid URL"},
       {request("GET", "http://example.com/\r\nX: y"), "no valid URL"},
       {request("GET /", closed), "no valid method"},
       {with_header("X-A", "1\r\nX-B: 2"), "invalid header"},
       {with_header("X A", "1"), "invalid header"}}));
  CurlTransport transport;
  const http::Reply reply = exchange(transport, row.sent);
  CHECK(reply.failure == Failure::not_sent);
  CHECK(reply.status == 0);
  CHECK_THAT(reply.failure_text, Contains(row.text));
}

TEST_CASE("a missing Unix socket is not_sent") {
  CurlOptions options;
  options.hosts["engine"].socket_path = "/nonexistent/engine.sock";
  CurlTransport transport(options);
  CHECK(exchange(transport, request("GET", "http://engine/")).failure == Failure::not_sent);
}

TEST_CASE("a CA file that is not there stops the request") {
  CurlOptions options;
  options.endpoint.ca_file = "/nonexistent/ca.pem";
  CurlTransport transport(options);
  const RawListener server([](RawConnection& connection) { connection.wait_until_closed(); });
  const http::Request get = request("GET", "https://127.0.0.1:" + std::to_string(server.port()));
  CHECK(exchange(transport, get).failure == Failure::not_sent);
}

TEST_CASE("an answer that does not arrive whole is lost") {
  const std::string answer =
      GENERATE(as<std::string>{}, "",  //
               "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf",
               "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nha", "HTTP/1.1 200",
               "not http at all\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: banana\r\n\r\n");
  CAPTURE(answer);
  const RawListener server([&](RawConnection& connection) {
    connection.read_request();
    connection.write(answer);
  });
  CurlTransport transport;
  const http::Reply reply = exchange(transport, request("POST", loopback(server.port()), "{}"));
  CHECK(reply.failure == Failure::lost);
  CHECK(reply.status == 0);
  CHECK(reply.body.empty());
  CHECK_THAT(reply.failure_text, Contains("lost the connection to 127.0.0.1:"));
}

TEST_CASE("failure texts hold neither query, path nor credentials") {
  const RawListener server([](RawConnection& connection) { connection.read_request(); });
  const bool is_reached = GENERATE(true, false);
  const int port = is_reached ? server.port() : closed_port();
  CurlTransport transport;
  http::Request get = request("POST", loopback(port, "/hidden-path"), "hidden-body");
  get.query = {{"signature", "hidden-query"}};
  get.headers = {{"Authorization", "hidden-token"}};
  const http::Reply reply = exchange(transport, get);
  CHECK_FALSE(reply.failure_text.empty());
  CHECK_THAT(reply.failure_text, !Contains("hidden"));
}

/// Answers the first request of its first connection; the second one it reads and hangs up on.
/// Later connections are served well. Counts the requests that it read.
class HangsUpOnSecond {
 public:
  int port() const { return listener_.port(); }
  int read() const { return read_; }

 private:
  void serve(RawConnection& connection) {
    const bool is_first = connections_++ == 0;
    while (!connection.read_request().empty()) {
      ++read_;
      if (is_first && read_ == 2) return;
      connection.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    }
  }

  std::atomic<int> connections_{0};
  std::atomic<int> read_{0};
  RawListener listener_{[this](RawConnection& connection) { serve(connection); }};
};

TEST_CASE("a write on a kept connection that breaks is lost and not sent twice") {
  const std::string method = GENERATE(as<std::string>{}, "POST", "PUT", "DELETE");
  CAPTURE(method);
  const HangsUpOnSecond server;
  CurlTransport transport;
  REQUIRE(exchange(transport, request(method, loopback(server.port()))).status == 200);
  CHECK(exchange(transport, request(method, loopback(server.port()))).failure == Failure::lost);
  CHECK(server.read() == 2);
  CHECK(exchange(transport, request(method, loopback(server.port()))).status == 200);
}

TEST_CASE("a read on a kept connection that breaks is repeated") {
  const HangsUpOnSecond server;
  CurlTransport transport;
  REQUIRE(exchange(transport, request("GET", loopback(server.port()))).status == 200);
  CHECK(exchange(transport, request("GET", loopback(server.port()))).status == 200);
  CHECK(server.read() == 3);
}

TEST_CASE("an answer beyond the bounds is lost") {
  struct Row {
    std::string answer;
    std::string text;
  };
  const std::string big(20'000, 'x');
  const Row row = GENERATE_COPY(values<Row>(
      {{"HTTP/1.1 200 OK\r\nContent-Length: 20000\r\n\r\n" + big, "larger than 10000 bytes"},
       {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4e20\r\n" + big + "\r\n0\r\n\r\n",
        "larger than 10000 bytes"},
       {"HTTP/1.1 200 OK\r\nX: " + big + "\r\nContent-Length: 0\r\n\r\n", "headers"}}));
  const RawListener server([&](RawConnection& connection) {
    connection.read_request();
    connection.write(row.answer);
    connection.wait_until_closed();
  });
  CurlOptions options;
  options.max_body_bytes = 10'000;
  options.max_header_bytes = 10'000;
  CurlTransport transport(options);
  const http::Reply reply = exchange(transport, request("GET", loopback(server.port())));
  CHECK(reply.failure == Failure::lost);
  CHECK(reply.body.empty());
  CHECK_THAT(reply.failure_text, Contains(row.text));
}

TEST_CASE("an answer of exactly the largest size arrives") {
  const RawListener server([](RawConnection& connection) {
    connection.read_request();
    connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n" + std::string(100, 'x'));
  });
  CurlOptions options;
  options.max_body_bytes = 100;
  CurlTransport transport(options);
  CHECK(exchange(transport, request("GET", loopback(server.port()))).body.size() == 100);
}

TEST_CASE("interim answers leave no headers behind") {
  const RawListener server([](RawConnection& connection) {
    connection.read_request();
    connection.write(
        "HTTP/1.1 103 Early Hints\r\nX-Early: 1\r\n\r\n"
        "HTTP/1.1 200 OK\r\nX-Late: 2\r\nContent-Length: 0\r\n\r\n");
  });
  CurlTransport transport;
  const http::Reply reply = exchange(transport, request("GET", loopback(server.port())));
  CHECK(reply.status == 200);
  CHECK_FALSE(http::find(reply.headers, "X-Early"));
  CHECK(http::find(reply.headers, "X-Late") == "2");
}

TEST_CASE("a server that never answers is lost at the request's time-out") {
  const RawListener server([](RawConnection& connection) { connection.wait_until_closed(); });
  CurlOptions options;
  options.request_timeout = std::chrono::milliseconds{50};
  CurlTransport transport(options);
  const http::Reply reply = exchange(transport, request("POST", loopback(server.port()), "{}"));
  CHECK(reply.failure == Failure::lost);
  CHECK_THAT(reply.failure_text, Contains("no answer in time from 127.0.0.1:"));
}

TEST_CASE("cancel_all makes everything in flight arrive as lost") {
  const RawListener server([](RawConnection& connection) { connection.wait_until_closed(); });
  CurlTransport transport;
  for (engine::Ticket ticket = 1; ticket <= 50; ++ticket)
    transport.start(ticket, request("POST", loopback(server.port()), "{}"));
  CHECK_FALSE(transport.wait(transport.now()));
  transport.cancel_all();
  const auto replies = gather(transport, 50);
  REQUIRE(replies.size() == 50);
  for (const auto& [ticket, reply] : replies) {
    CHECK(reply.failure == Failure::lost);
    CHECK(reply.failure_text == "cancelled");
  }
  CHECK_FALSE(transport.wait(transport.now()));
}

TEST_CASE("a transport can be used after cancel_all, and dropped with requests in flight") {
  const HangsUpOnSecond server;
  CurlTransport transport;
  transport.start(1, request("GET", "http://no-such-host.invalid/"));
  transport.cancel_all();
  REQUIRE(gather(transport, 1).size() == 1);
  CHECK(exchange(transport, request("GET", loopback(server.port()))).status == 200);
  transport.start(2, request("GET", loopback(server.port())));
}

}  // namespace
}  // namespace stackctl::net::test
