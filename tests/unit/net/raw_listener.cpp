#include "raw_listener.h"

#include <arpa/inet.h>
#include <array>
#include <cstdlib>
#include <cstring>
#include <netinet/in.h>
#include <stdexcept>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include <utility>

namespace stackctl::net::test {
namespace {

void require(bool succeeded) {
  if (!succeeded) throw std::runtime_error("the test listener cannot listen");
}

/// Binds a new TCP socket to a free loopback port.
int bound_socket() {
  const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  require(::bind(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
  return descriptor;
}

int port_of(int descriptor) {
  sockaddr_in address{};
  socklen_t length = sizeof address;
  require(::getsockname(descriptor, reinterpret_cast<sockaddr*>(&address), &length) == 0);
  return ntohs(address.sin_port);
}

std::size_t content_length(std::string_view head) {
  constexpr std::string_view field = "Content-Length: ";
  const auto at = head.find(field);
  if (at == std::string_view::npos) return 0;
  return std::strtoul(std::string(head.substr(at + field.size())).c_str(), nullptr, 10);
}

}  // namespace

bool RawConnection::read_more() {
  std::array<char, 4096> chunk{};
  const ssize_t count = ::recv(descriptor_, chunk.data(), chunk.size(), 0);
  if (count <= 0) return false;
  buffer_.append(chunk.data(), static_cast<std::size_t>(count));
  return true;
}

std::string RawConnection::read_request() {
  std::size_t end = 0;
  while ((end = buffer_.find("\r\n\r\n")) == std::string::npos)
    if (!read_more()) return {};
  end += 4 + content_length(std::string_view(buffer_).substr(0, end));
  while (buffer_.size() < end)
    if (!read_more()) return {};
  std::string request = buffer_.substr(0, end);
  buffer_.erase(0, end);
  return request;
}

bool RawConnection::write(std::string_view text) const {
  while (!text.empty()) {
    const ssize_t count = ::send(descriptor_, text.data(), text.size(), MSG_NOSIGNAL);
    if (count <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

void RawConnection::wait_until_closed() {
  while (read_more()) {
  }
}

RawListener::RawListener(Handler handler) : descriptor_(bound_socket()) {
  port_ = port_of(descriptor_);
  serve(std::move(handler));
}

RawListener::RawListener(const std::string& socket_path, Handler handler)
    : descriptor_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  require(socket_path.size() < sizeof address.sun_path);
  std::memcpy(address.sun_path, socket_path.c_str(), socket_path.size() + 1);
  require(::bind(descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
  serve(std::move(handler));
}

void RawListener::serve(Handler handler) {
  require(::listen(descriptor_, SOMAXCONN) == 0);
  thread_ = std::thread([this, handle = std::move(handler)] {
    for (;;) {
      const int accepted = ::accept4(descriptor_, nullptr, nullptr, SOCK_CLOEXEC);
      if (accepted < 0) return;
      RawConnection connection(accepted);
      if (!stopping_) handle(connection);
      ::close(accepted);
    }
  });
}

RawListener::~RawListener() {
  stopping_ = true;
  ::shutdown(descriptor_, SHUT_RDWR);
  thread_.join();
  ::close(descriptor_);
}

int closed_port() {
  const int descriptor = bound_socket();
  const int port = port_of(descriptor);
  ::close(descriptor);
  return port;
}

}  // namespace stackctl::net::test
