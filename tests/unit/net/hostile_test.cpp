// Servers that never come to an end: the transport does, with the memory and time that it was
// given.
#include <atomic>
#include <cstdint>
#include <string>

#include <catch2/catch.hpp>

#include "client.h"
#include "net/curl_transport.h"
#include "raw_listener.h"

namespace stackctl::net::test {
namespace {

using Catch::Matchers::Contains;
using http::Failure;

constexpr std::size_t kMiB = std::size_t{1} << 20;

/// Answers with `head` and then with `piece` for as long as anybody reads; counts what went out.
class Endless {
 public:
  Endless(std::string head, std::string piece)
      : listener_([this, head = std::move(head),
                   piece = std::move(piece)](RawConnection& connection) {
          connection.read_request();
          for (bool is_read = connection.write(head); is_read; is_read = connection.write(piece))
            bytes_ += piece.size();
        }) {}

  int port() const { return listener_.port(); }
  std::uint64_t bytes() const { return bytes_; }

 private:
  std::atomic<std::uint64_t> bytes_{0};
  RawListener listener_;
};

const std::string kChunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
const std::string kGigabyte = "HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n";

std::string chunk(std::size_t size) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string length;
  for (std::size_t rest = size; rest > 0; rest /= digits.size())
    length.insert(length.begin(), digits[rest % digits.size()]);
  return length + "\r\n" + std::string(size, 'x') + "\r\n";
}

TEST_CASE("bodies of a gigabyte and chunks without end stop at the largest size") {
  struct Row {
    std::string head;
    std::string piece;
  };
  const Row row = GENERATE(values<Row>({
      {kGigabyte, std::string(kMiB, 'x')},
      {kChunked, chunk(kMiB)},
      {kChunked, chunk(1)},  // with far more framing than contents
  }));
  const Endless server(row.head, row.piece);
  CurlOptions options;
  if (row.piece.size() < kMiB) options.max_body_bytes = kMiB / 8;
  CurlTransport transport(options);
  const http::Reply reply = exchange(transport, request("GET", loopback(server.port())));
  CHECK(reply.failure == Failure::lost);
  CHECK(reply.body.empty());
  CHECK_THAT(reply.failure_text, Contains("127.0.0.1:") && Contains("the answer is larger than"));
  CHECK(server.bytes() < 128 * kMiB);
}

TEST_CASE("headers without end stop at their largest size") {
  const std::string head = GENERATE(as<std::string>{}, "HTTP/1.1 200 OK\r\n",
                                    "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n");
  const std::string piece = GENERATE(as<std::string>{}, "X-Header: and its value\r\n",
                                     "HTTP/1.1 100 Continue\r\n\r\n", "x");
  const Endless server(head, piece);
  CurlTransport transport;
  const http::Reply reply = exchange(transport, request("GET", loopback(server.port())));
  CHECK(reply.failure == Failure::lost);
  CHECK(reply.headers.empty());
  CHECK_THAT(reply.failure_text, Contains("127.0.0.1:"));
  CHECK(server.bytes() < 64 * kMiB);
}

TEST_CASE("an answer that comes byte by byte ends at the request's time-out") {
  const Endless server(kGigabyte, "x");
  CurlOptions options;
  options.request_timeout = std::chrono::milliseconds{50};
  CurlTransport transport(options);
  const http::Reply reply = exchange(transport, request("POST", loopback(server.port()), "{}"));
  CHECK(reply.failure == Failure::lost);
  CHECK_THAT(reply.failure_text, Contains("no answer in time from 127.0.0.1:"));
}

TEST_CASE("an answer that stalls half way ends at the stall time-out") {
  const RawListener server([](RawConnection& connection) {
    connection.read_request();
    connection.write(kGigabyte + "x");
    connection.wait_until_closed();
  });
  CurlOptions options;
  options.stall_timeout = std::chrono::seconds{1};
  CurlTransport transport(options);
  const http::Reply reply = exchange(transport, request("GET", loopback(server.port())));
  CHECK(reply.failure == Failure::lost);
  CHECK_THAT(reply.failure_text, Contains("no answer in time from 127.0.0.1:"));
}

}  // namespace
}  // namespace stackctl::net::test
