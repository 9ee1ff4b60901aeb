#include "client.h"

#include <algorithm>

#include <catch2/catch.hpp>

#include "stackctl/crypto.h"

namespace stackctl::simulator::testing {

http::Request signed_request(Time now, std::string method, const std::string& path,
                             std::string body, http::Fields query) {
  const auto seconds =
      std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count() + 600;
  const std::string expires = std::to_string(seconds);
  http::Fields sorted = query;
  std::sort(sorted.begin(), sorted.end());
  std::string names;
  std::string values;
  for (const auto& [name, value] : sorted) {
    names += (names.empty() ? "" : ";") + name;
    values += value;
  }
  const std::string message =
      method + " /v2" + path + "\n" + body + "\n" + values + "\n\n" + expires;
  const std::string signature = crypto::base64(crypto::hmac_sha256(default_secret, message));
  http::Request request;
  request.method = std::move(method);
  request.url = "https://api-ch-gva-2.example/v2" + path;
  request.query = std::move(query);
  request.headers = {{"Authorization", "EXO2-HMAC-SHA256 credential=" + std::string(default_key) +
                                           (names.empty() ? "" : ",signed-query-args=" + names) +
                                           ",expires=" + expires + ",signature=" + signature}};
  if (!body.empty()) request.headers.emplace_back("Content-Type", "application/json");
  request.body = std::move(body);
  return request;
}

Response Client::send(const http::Request& request) {
  const http::Reply reply = cloud.handle(request, now);
  return {reply.status, Json::parse(reply.body)};
}

Response Client::call(const std::string& method, const std::string& path, const Json& body,
                      http::Fields query) {
  return send(
      signed_request(now, method, path, body.is_null() ? "" : body.dump(), std::move(query)));
}

Json Client::get(const std::string& path, http::Fields query) {
  const Response response = call("GET", path, nullptr, std::move(query));
  INFO("GET " << path << ": " << response.body.dump());
  REQUIRE(response.status == 200);
  return response.body;
}

std::string Client::finish(const std::string& method, const std::string& path, const Json& body) {
  const Response begun = call(method, path, body);
  INFO(method << " " << path << ": " << begun.body.dump());
  REQUIRE(begun.status == 200);
  Json operation = begun.body;
  for (int i = 0; i < 200 && operation["state"] == "pending"; ++i) {
    pass(std::chrono::seconds{1});
    operation = get("/operation/" + operation["id"].get<std::string>());
  }
  INFO(operation.dump());
  REQUIRE(operation["state"] == "success");
  return operation.contains("reference") ? operation["reference"]["id"].get<std::string>() : "";
}

void Client::settle() {
  while (const auto next = cloud.next_event()) {
    now = std::max(now, *next);
    get("/quota");
  }
}

std::string Client::instance_type(const std::string& family, const std::string& size) {
  for (const Json all = get("/instance-type"); const Json& type : all["instance-types"])
    if (type["family"] == family && type["size"] == size) return type["id"];
  FAIL("no such instance type");
  return "";
}

std::string Client::image() { return get("/template")["templates"][0]["id"]; }

std::string Client::group(const std::string& name) {
  return finish("POST", "/security-group", {{"name", name}});
}

Json Client::instance_body(const Json& more) {
  Json body{{"name", "db"},
            {"disk-size", 20},
            {"instance-type", {{"id", instance_type()}}},
            {"template", {{"id", image()}}}};
  body.update(more);
  return body;
}

Json Client::pool_body(const Json& more) {
  Json body = instance_body({{"name", "web"}, {"size", 2}});
  body.update(more);
  return body;
}

}  // namespace stackctl::simulator::testing
