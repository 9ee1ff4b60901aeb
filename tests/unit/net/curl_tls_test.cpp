// Whom the transport trusts.
#include <atomic>

#include <catch2/catch.hpp>

#include "certificate.h"
#include "client.h"
#include "http_server.h"
#include "net/curl_transport.h"

namespace stackctl::net::test {
namespace {

using http::Failure;

/// Counts the requests that it answers.
class TlsServer {
 public:
  explicit TlsServer(const Certificate& certificate)
      : server_(
            [this](const http::Request&) {
              ++requests_;
              http::Reply reply;
              reply.status = 200;
              return reply;
            },
            certificate.certificate_file(), certificate.key_file()) {}

  int requests() const { return requests_; }
  http::Request get() const {
    return request("GET", "https://127.0.0.1:" + std::to_string(server_.port()) + "/");
  }

 private:
  std::atomic<int> requests_{0};
  HttpServer server_;
};

TEST_CASE("a server is trusted by the authority in the CA file alone") {
  struct Row {
    std::string given_name;  ///< in the server's certificate
    bool has_ca_file;
    bool verify;
    bool is_trusted;
  };
  const Row row = GENERATE(values<Row>({{"IP:127.0.0.1", true, true, true},
                                        {"IP:127.0.0.1", false, true, false},
                                        {"DNS:example.com", true, true, false},
                                        {"DNS:example.com", false, false, true}}));
  CAPTURE(row.given_name, row.has_ca_file, row.verify);
  const Certificate certificate("server", row.given_name);
  const TlsServer server(certificate);
  CurlOptions options;
  if (row.has_ca_file) options.endpoint.ca_file = certificate.certificate_file();
  options.endpoint.verify = row.verify;
  CurlTransport transport(options);
  const http::Reply reply = exchange(transport, server.get());
  CAPTURE(reply.failure_text);
  CHECK(reply.status == (row.is_trusted ? 200 : 0));
  CHECK(reply.failure == (row.is_trusted ? Failure::none : Failure::not_sent));
  CHECK(reply.failure_text.empty() == row.is_trusted);
  CHECK(server.requests() == (row.is_trusted ? 1 : 0));
}

TEST_CASE("what is said of one host does not hold for another") {
  const Certificate certificate("server", "IP:127.0.0.1");
  const TlsServer server(certificate);
  CurlOptions options;
  options.hosts["example.com"].verify = false;
  CurlTransport strict(options);
  CHECK(exchange(strict, server.get()).failure == Failure::not_sent);
  options.hosts["127.0.0.1"].ca_file = certificate.certificate_file();
  CurlTransport informed(options);
  CHECK(exchange(informed, server.get()).status == 200);
}

TEST_CASE("many requests to a TLS server arrive") {
  const Certificate certificate("server", "IP:127.0.0.1");
  const TlsServer server(certificate);
  CurlOptions options;
  options.endpoint.ca_file = certificate.certificate_file();
  CurlTransport transport(options);
  for (engine::Ticket ticket = 1; ticket <= 100; ++ticket) transport.start(ticket, server.get());
  const auto replies = gather(transport, 100);
  REQUIRE(replies.size() == 100);
  for (const auto& [ticket, reply] : replies) CHECK(reply.status == 200);
}

}  // namespace
}  // namespace stackctl::net::test
