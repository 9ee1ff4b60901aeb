// A real HTTP server on a loopback port, for the transport to talk to.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "stackctl/http.h"

namespace stackctl::net::test {

/// Answers from several threads. `Request::url` is the target as it came, with its query.
class HttpServer {
 public:
  using Handler = std::function<http::Reply(const http::Request&)>;

  explicit HttpServer(const Handler& handler);
  /// Speaks TLS; the files are PEM.
  HttpServer(const Handler& handler, const std::string& certificate_file,
             const std::string& key_file);
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  int port() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace stackctl::net::test
