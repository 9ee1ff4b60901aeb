#include "api.h"

#include <algorithm>
#include <utility>

#include "stackctl/http.h"
#include "stackctl/json.h"
#include "stackctl/xml.h"

namespace stackctl::aws {
namespace {

class Form {
 public:
  explicit Form(Protocol protocol) : protocol_(protocol) {}

  void add_members(const std::string& prefix, const Map& members) {
    const std::string start = prefix.empty() ? "" : prefix + '.';
    for (const auto& [name, value] : members)
      add(start + name, value, name.find('.') != std::string::npos);
  }

  http::Fields fields;

 private:
  static std::string scalar(const Value& value) {
    return value.revealed() == nullptr ? json::write(value) : *value.revealed();
  }

  void add(const std::string& name, const Value& value, bool names_items) {
    if (value.is_null()) return;
    if (value.map() != nullptr) return add_members(name, *value.map());
    if (value.list() == nullptr) return void(fields.emplace_back(name, scalar(value)));
    const bool is_flat = protocol_ == Protocol::ec2 || names_items;
    std::size_t index = 0;
    for (const Value& item : value.items())
      add(name + (is_flat ? "." : ".member.") + std::to_string(++index), item, false);
    // "None of them" has to be said.
    if (index == 0 && protocol_ == Protocol::query) fields.emplace_back(name, "");
  }

  Protocol protocol_;
};

Value without_nulls(const Value& parameters) {
  Map out;
  if (parameters.map() != nullptr)
    for (const auto& [name, value] : *parameters.map())
      if (!value.is_null()) out.emplace(name, value);
  return out;
}

Call call_of(const Endpoints& endpoints, const Service& service, std::string_view action) {
  Call call;
  call.operation = std::string(service.name).append(":").append(action);
  call.request.method = "POST";
  call.request.url = endpoint_of(endpoints, service) + '/';
  call.request.service = service.name;
  return call;
}

Call post(const Endpoints& endpoints, const Service& service, std::string_view action,
          const Value& parameters) {
  Call call = call_of(endpoints, service, action);
  http::Request& request = call.request;
  if (service.protocol == Protocol::json) {
    http::set(request.headers, "Content-Type",
              "application/x-amz-json-" + std::string(service.version));
    http::set(request.headers, "X-Amz-Target",
              std::string(service.target).append(".").append(action));
    request.body = json::write(without_nulls(parameters));
    return call;
  }
  http::set(request.headers, "Content-Type", "application/x-www-form-urlencoded; charset=utf-8");
  request.body = http::query_string(
      {{"Action", std::string(action)}, {"Version", std::string(service.version)}});
  if (const std::string fields = form(parameters, service.protocol); !fields.empty())
    request.body += '&' + fields;
  return call;
}

/// The member of `name`, if `value` holds nothing else of weight.
const Value& unwrapped(const Value& value, const std::string& name) {
  const Value& inner = value[name];
  return inner.is_null() ? value : inner;
}

Result<Value> xml_answer(const Call& call, const http::Reply& reply) {
  Result<Value> document = xml::parse(reply.body);
  if (!document) return unreadable_answer(call, document.fault().summary);
  const std::string action(action_of(call));
  const Value& outer = (*document)[action + "Response"];
  // An answer without anything in it is an empty text.
  if (outer.is_null()) return unreadable_answer(call, "it is no " + action + "Response");
  const Value content = unwrapped(outer, action + "Result");
  return content.map() == nullptr ? Value(Map{}) : content;
}

Result<Value> json_answer(const Call& call, const http::Reply& reply) {
  if (reply.body.empty()) return Value(Map{});
  Result<Value> answer = json::parse(reply.body);
  if (!answer) return unreadable_answer(call, answer.fault().summary);
  if (answer->map() == nullptr) return unreadable_answer(call, "it is no JSON object");
  return answer;
}

Result<Value> rest_answer(const Call& call, const http::Reply& reply) {
  if (reply.body.empty()) return Value(Map{});
  Result<Value> document = xml::parse(reply.body);
  if (!document) return unreadable_answer(call, document.fault().summary);
  const Value content = xml::content(*document);
  return content.map() == nullptr ? Value(Map{}) : content;
}

}  // namespace

std::string form(const Value& parameters, Protocol protocol) {
  Form form(protocol);
  if (parameters.map() != nullptr) form.add_members("", *parameters.map());
  return http::query_string(form.fields);
}

Call Api::read(const Service& service, std::string_view action, const Value& parameters) const {
  Call call = post(endpoints, service, action, parameters);
  call.access = Access::read;
  return call;
}

Call Api::create(const Service& service, std::string_view action, const Value& parameters) const {
  Call call = post(endpoints, service, action, parameters);
  call.repeat = Repeat::look_first;
  return call;
}

Call Api::change(const Service& service, std::string_view action, const Value& parameters) const {
  return post(endpoints, service, action, parameters);
}

Call Api::rest(const Service& service, std::string_view action, std::string_view method,
               std::string_view path, http::Fields query, std::string body) const {
  Call call = call_of(endpoints, service, action);
  call.request.method = method;
  call.request.url = endpoint_of(endpoints, service) + std::string(path);
  call.request.query = std::move(query);
  call.request.body = std::move(body);
  call.access = method == "GET" || method == "HEAD" ? Access::read : Access::write;
  return call;
}

std::string_view action_of(const Call& call) {
  std::string_view operation = call.operation;
  operation.remove_prefix(std::min(operation.find(':') + 1, operation.size()));
  return operation;
}

Result<Value> answer_to(const Call& call, const http::Reply& reply) {
  const Service* const service = find_service(call.request.service);
  if (service == nullptr || service->protocol == Protocol::rest_xml)
    return rest_answer(call, reply);
  return service->protocol == Protocol::json ? json_answer(call, reply) : xml_answer(call, reply);
}

}  // namespace stackctl::aws
