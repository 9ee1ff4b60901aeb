// Short ways to send through a transport and to wait for what arrives.
#pragma once

#include <chrono>
#include <map>
#include <string>
#include <utility>

#include "net/curl_transport.h"

namespace stackctl::net::test {

/// Longer than any test runs; a test that gets here hangs for a reason.
inline Time far_ahead(const CurlTransport& transport) {
  return transport.now() + std::chrono::seconds{60};
}

inline std::string loopback(int port, const std::string& path = "/") {
  return "http://127.0.0.1:" + std::to_string(port) + path;
}

inline http::Request request(std::string method, std::string url, std::string body = {}) {
  http::Request made;
  made.method = std::move(method);
  made.url = std::move(url);
  made.body = std::move(body);
  return made;
}

/// Sends one request and returns its reply; status and failure stay empty when none arrived.
inline http::Reply exchange(CurlTransport& transport, http::Request request) {
  transport.start(1, std::move(request));
  auto arrival = transport.wait(far_ahead(transport));
  return arrival ? std::move(arrival->reply) : http::Reply{};
}

/// Waits for `count` arrivals, by ticket. Fewer, when one of them does not come or comes twice.
inline std::map<engine::Ticket, http::Reply> gather(CurlTransport& transport, std::size_t count) {
  std::map<engine::Ticket, http::Reply> replies;
  for (std::size_t i = 0; i < count; ++i) {
    auto arrival = transport.wait(far_ahead(transport));
    if (!arrival) break;
    replies[arrival->ticket] = std::move(arrival->reply);
  }
  return replies;
}

}  // namespace stackctl::net::test
