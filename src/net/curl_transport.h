// The real transport: HTTP over libcurl, hundreds of requests in flight from one thread.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "engine/transport.h"

namespace stackctl::net {

/// How a host is reached and trusted.
struct Endpoint {
  std::string socket_path;         ///< a Unix socket to use instead of DNS and TCP
  std::string ca_file;             ///< PEM; instead of the system's authorities
  std::string client_certificate;  ///< PEM
  std::string client_key;          ///< PEM
  bool verify = true;              ///< false accepts any certificate: only when the user says so
};

struct CurlOptions {
  std::string user_agent = "stackctl";
  Endpoint endpoint;  ///< for all hosts that `hosts` does not name
  /// By host name as it stands in the URL, without the port.
  std::map<std::string, Endpoint, std::less<>> hosts;
  Duration connect_timeout = std::chrono::seconds{10};
  Duration request_timeout = std::chrono::seconds{120};
  Duration stall_timeout =
      std::chrono::seconds{60};  ///< no byte in either direction; whole seconds
  std::size_t max_header_bytes = std::size_t{256} << 10;
  std::size_t max_body_bytes = std::size_t{64} << 20;
  long max_connections_per_host = 32;
  long max_connections = 0;  ///< to all hosts; 0 is without limit
};

/// Not for use by several threads at once, but for `interrupt`.
///
/// A request that cannot have reached its server arrives as `Failure::not_sent`. As soon as it may
/// have, it arrives as `Failure::lost` and is not sent again behind the caller's back, with the
/// exception of GET and HEAD. Redirects are replies like any other. The proxy variables of the
/// environment are honoured as the curl command does. Bodies and headers of requests are wiped
/// after use.
class CurlTransport final : public engine::Transport {
 public:
  /// Throws std::runtime_error where the system gives no resources.
  explicit CurlTransport(CurlOptions options = {});
  ~CurlTransport() override;

  Time now() const override;
  void start(engine::Ticket ticket, http::Request request) override;
  std::optional<engine::Arrival> wait(Time deadline) override;
  void cancel_all() override;

  /// Makes the current `wait`, or else the next one, return nothing at once. May be called from a
  /// signal handler and from any thread.
  void interrupt() noexcept;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace stackctl::net
