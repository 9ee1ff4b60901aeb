// A client of a simulated cloud in virtual time: signs, sends, waits for operations.
#pragma once

#include <chrono>
#include <string>

#include <nlohmann/json.hpp>

#include "simulator/cloud.h"

namespace stackctl::simulator::testing {

using Json = nlohmann::json;

inline constexpr Time start_time{std::chrono::seconds{1'785'000'000}};

struct Response {
  int status = 0;
  Json body;
  std::string message() const { return body.value("message", ""); }
};

/// A request with a valid signature; `query` is decoded.
http::Request signed_request(Time now, std::string method, const std::string& path,
                             std::string body = "", http::Fields query = {});

struct Client {
  explicit Client(Settings settings = {}) : cloud(std::move(settings)) {}

  Cloud cloud;
  Time now = start_time;

  Response send(const http::Request& request);
  Response call(const std::string& method, const std::string& path, const Json& body = nullptr,
                http::Fields query = {});
  Json get(const std::string& path, http::Fields query = {});

  /// Calls, waits for the operation, fails the test unless it succeeds; returns the reference's id.
  std::string finish(const std::string& method, const std::string& path,
                     const Json& body = nullptr);
  /// Lets `duration` pass.
  void pass(std::chrono::seconds duration) { now += duration; }
  /// Lets time pass until nothing is pending.
  void settle();

  std::string instance_type(const std::string& family = "standard",
                            const std::string& size = "small");
  std::string image();
  std::string group(const std::string& name);
  /// Bodies that create an instance or a pool, merged with `more`.
  Json instance_body(const Json& more = Json::object());
  Json pool_body(const Json& more = Json::object());
};

}  // namespace stackctl::simulator::testing
