#include "storage.h"

#include <algorithm>
#include <array>

#include "exoscale/api/errors.h"
#include "stackctl/text.h"
#include "stackctl/xml.h"

namespace stackctl::exoscale {
namespace {

/// Codes whose status alone would mislead.
struct Row {
  std::string_view code;
  Verdict verdict;
};
constexpr std::array kRows = {
    Row{"SlowDown", Verdict::throttled},       Row{"TooManyRequests", Verdict::throttled},
    Row{"RequestTimeout", Verdict::transient}, Row{"OperationAborted", Verdict::transient},
    Row{"NotImplemented", Verdict::failed},
};

Verdict verdict_on(int status, std::string_view code) {
  if (status >= 200 && status < 300) return Verdict::ok;
  const auto* const row = std::ranges::find(kRows, code, &Row::code);
  if (row != kRows.end()) return row->verdict;
  if (status == 404) return Verdict::gone;
  if (status == 429) return Verdict::throttled;
  return status >= 500 ? Verdict::transient : Verdict::failed;
}

std::string message_of(const Value& fault) {
  std::string message = harmless(fault.text_at("Code"));
  if (const std::string text = harmless(fault.text_at("Message")); !text.empty())
    message.append(message.empty() ? "" : ": ").append(text);
  if (message.starts_with("SignatureDoesNotMatch") || message.starts_with("RequestTimeTooSkewed"))
    message += "; check the API secret and this machine's clock";
  if (message.starts_with("BucketAlreadyExists"))
    message += "; bucket names are shared by all accounts: give it another 'name'";
  return message;
}

}  // namespace

std::string bucket_url(const Api& api, std::string_view bucket) {
  return api.storage_endpoint + '/' + http::encode(bucket);
}

Call storage_call(std::string operation, std::string method, std::string url, http::Fields query,
                  std::string body) {
  Call call;
  call.operation = std::move(operation);
  if (method == "GET") call.access = Access::read;
  call.request.method = std::move(method);
  call.request.url = std::move(url);
  call.request.query = std::move(query);
  call.request.body = std::move(body);
  return call;
}

bool is_storage(const Api& api, const http::Request& request) {
  const std::string& prefix = api.storage_endpoint;
  return !prefix.empty() && request.url.starts_with(prefix) &&
         (request.url.size() == prefix.size() || request.url[prefix.size()] == '/');
}

Judgement judge_storage(const http::Reply& reply) {
  Judgement judgement;
  const bool is_accepted = reply.status >= 200 && reply.status < 300;
  const Result<Value> parsed = is_accepted ? Result<Value>(Value()) : xml::parse(reply.body);
  const Value fault = parsed ? xml::content(*parsed) : Value();
  judgement.verdict = verdict_on(reply.status, fault.text_at("Code"));
  if (is_accepted) return judgement;
  judgement.message = message_of(fault);
  std::string_view request_id = fault.text_at("RequestId");
  if (request_id.empty()) request_id = http::find(reply.headers, "x-amz-request-id").value_or("");
  judgement.request_id = harmless(request_id);
  return judgement;
}

}  // namespace stackctl::exoscale
