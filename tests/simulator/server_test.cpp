#include "simulator/server.h"

#include <future>
#include <httplib.h>
#include <thread>

#include <catch2/catch.hpp>

#include "client.h"
#include "stackctl/signature_v4.h"

namespace stackctl::simulator::testing {
namespace {

// A server on a free port for the time of a test.
class Served {
 public:
  Served()
      : thread_([this](const std::stop_token& stop) {
          ServerOptions options;
          options.settings.speed = 1000;
          options.stop = stop;
          fault_ = serve(options, [this](int port) { ready_.set_value(port); });
        }),
        port_(ready_.get_future().get()) {}

  int port() const { return port_; }
  bool end() {
    thread_.request_stop();
    thread_.join();
    return !fault_;
  }

 private:
  std::promise<int> ready_;
  std::optional<Diagnostic> fault_;
  std::jthread thread_;
  int port_;
};

Time present() { return std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now()); }

TEST_CASE("the server answers other clients", "[simulator]") {
  Served served;
  {
    const std::string host = "127.0.0.1:" + std::to_string(served.port());
    httplib::Client client("127.0.0.1", served.port());
    client.set_keep_alive(false);
    const auto zones = client.Get("/v2/zone");
    REQUIRE(zones);
    CHECK(Json::parse(zones->body)["zones"][0]["api-endpoint"] == "http://" + host + "/v2");

    const http::Request post =
        signed_request(present(), "POST", "/security-group", R"({"name":"é"})");
    const httplib::Headers headers{{"Authorization", post.headers[0].second}};
    const auto made = client.Post("/v2/security-group", headers, post.body, "application/json");
    REQUIRE(made);
    CHECK(made->status == 200);

    const http::Request list =
        signed_request(present(), "GET", "/security-group", "", {{"visibility", "public"}});
    const auto listed = client.Get("/v2/security-group?visibility=public",
                                   httplib::Headers{{"Authorization", list.headers[0].second}});
    REQUIRE(listed);
    CHECK(listed->status == 200);
    const auto refused = client.Get("/v2/security-group", headers);
    REQUIRE(refused);
    CHECK(refused->status == 403);
  }
  CHECK(served.end());
}

TEST_CASE("the server has the object storage beside the API", "[simulator]") {
  Served served;
  {
    httplib::Client client("127.0.0.1", served.port());
    client.set_keep_alive(false);
    const auto zones = client.Get("/v2/zone");
    REQUIRE(zones);
    const std::string endpoint = Json::parse(zones->body)["zones"][0]["sos-endpoint"];
    CHECK(endpoint == "http://127.0.0.1:" + std::to_string(served.port()) + "/sos");
    const auto send = [&](const std::string& method, const std::string& path,
                          const std::string& body) {
      http::Request request;
      request.method = method;
      request.url = endpoint + path;
      request.body = body;
      signature_v4::sign(request, {"s3", "ch-gva-2"}, {default_key, default_secret}, present());
      httplib::Request sent;
      sent.method = method;
      sent.path = "/sos" + path;
      sent.body = body;
      for (const auto& [name, value] : request.headers) sent.headers.emplace(name, value);
      return client.send(sent);
    };
    CHECK(send("PUT", "/data", "")->status == 200);
    CHECK(send("PUT", "/data/a", "content")->status == 200);
    const auto got = send("GET", "/data/a", "");
    CHECK(got->body == "content");
    CHECK(got->get_header_value_count("Content-Length") == 1);
    const auto head = send("HEAD", "/data/a", "");
    CHECK(head->get_header_value("Content-Length") == "7");
    CHECK(head->get_header_value("ETag") == got->get_header_value("ETag"));
    CHECK(send("GET", "/data/none", "")->get_header_value("Content-Type") == "application/xml");
  }
  CHECK(served.end());
}

TEST_CASE("a port that is taken is a fault", "[simulator]") {
  Served served;
  ServerOptions options;
  options.address = "256.0.0.1";
  CHECK(serve(options, [](int) {}));
  CHECK(served.end());
}

}  // namespace
}  // namespace stackctl::simulator::testing
