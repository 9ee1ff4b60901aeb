#include "operations.h"

#include "errors.h"
#include "stackctl/json.h"
#include "stackctl/shape.h"
#include "stackctl/text.h"

namespace stackctl::exoscale {
namespace {

Call call(const Api& api, std::string operation, std::string method, std::string_view path) {
  Call call;
  call.operation = std::move(operation);
  call.request.method = std::move(method);
  call.request.url = api.endpoint + std::string(path);
  return call;
}

void set_body(http::Request& request, const Value& body) {
  request.body = json::write(body, json::Secrets::revealed);
  http::set(request.headers, "Content-Type", "application/json");
}

constexpr const char* kGetOperation = "get-operation";
constexpr int kFirstRefusal = 300;

Fail unreadable(const Call& call, std::string why) {
  return Fail{unreadable_answer(call, std::move(why))};
}

Fail failed(const Value& operation) {
  const std::string reason = harmless(operation.text_at("reason"));
  Diagnostic fault = error("the operation ended in " + std::string(operation.text_at("state")));
  if (!reason.empty()) fault.summary.append(" (").append(reason) += ')';
  fault.detail = harmless(operation.text_at("message"));
  // What the cloud's support asks for.
  if (const std::string id = harmless(operation.text_at("id")); !id.empty())
    fault.detail.append(fault.detail.empty() ? "" : " ").append("(operation ") += id + ')';
  return Fail{std::move(fault)};
}

}  // namespace

Call Api::get(std::string operation, std::string_view path, http::Fields query) const {
  Call made = call(*this, std::move(operation), "GET", path);
  made.request.query = std::move(query);
  made.access = Access::read;
  return made;
}

Call Api::create(std::string operation, std::string_view path, const Value& body) const {
  Call made = call(*this, std::move(operation), "POST", path);
  set_body(made.request, body);
  made.repeat = Repeat::look_first;
  return made;
}

Call Api::put(std::string operation, std::string_view path, const Value& body) const {
  Call made = call(*this, std::move(operation), "PUT", path);
  if (!body.is_null()) set_body(made.request, body);
  return made;
}

Call Api::act(std::string operation, std::string_view path, const Value& body) const {
  Call made = put(std::move(operation), path, body);
  made.repeat = Repeat::look_first;
  return made;
}

Call Api::remove(std::string operation, std::string_view path) const {
  return call(*this, std::move(operation), "DELETE", path);
}

Progress follow(const Api& api, const Call& call, const http::Reply& reply) {
  // What counts as done although it was refused.
  if (reply.status >= kFirstRefusal) return Settled{};
  const Result<Value> operation = json::parse(reply.body);
  if (!operation || operation->map() == nullptr)
    return unreadable(call, operation ? "it is no JSON object" : operation.fault().summary);
  const std::string_view state = operation->text_at("state");
  if (state == "failure" || state == "timeout") return failed(*operation);
  const std::string_view id = operation->text_at("id");
  if (!id.empty() && !is_identity(id)) return unreadable(call, "its id cannot stand in a path");
  if (state == "pending" && !id.empty())
    return Poll{api.get(kGetOperation, "/operation/" + http::encode(id)), "the operation to end"};
  const bool must_tell = call.request.method == "DELETE" || call.operation == kGetOperation;
  if (must_tell && state != "success")
    return unreadable(call, "state '" + harmless(state) + "' of an operation");
  return Settled{};
}

std::string reference_id(const http::Reply& reply) {
  const Result<Value> operation = json::parse(reply.body);
  return operation ? std::string((*operation)["reference"].text_at("id")) : std::string();
}

}  // namespace stackctl::exoscale
