// A socket server that misbehaves as told, below the level of HTTP.
#pragma once

#include <atomic>
#include <functional>
#include <string>
#include <string_view>
#include <thread>

namespace stackctl::net::test {

class RawConnection {
 public:
  explicit RawConnection(int descriptor) : descriptor_(descriptor) {}

  /// The next request: head, and as much body as its Content-Length says. Empty when the client
  /// has closed the connection.
  std::string read_request();
  /// False once the client has gone.
  bool write(std::string_view text) const;
  void wait_until_closed();

 private:
  bool read_more();

  int descriptor_;
  std::string buffer_;
};

/// Serves one connection after the other; each is closed when the handler returns.
class RawListener {
 public:
  using Handler = std::function<void(RawConnection&)>;

  /// On a loopback port.
  explicit RawListener(Handler handler);
  /// On a Unix socket.
  RawListener(const std::string& socket_path, Handler handler);
  ~RawListener();
  RawListener(const RawListener&) = delete;
  RawListener& operator=(const RawListener&) = delete;

  int port() const { return port_; }

 private:
  void serve(Handler handler);

  int descriptor_;
  int port_ = 0;
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

/// A loopback port on which nothing listens.
int closed_port();

}  // namespace stackctl::net::test
