#include "bucket_removal.h"

#include <algorithm>

#include "exoscale/api/errors.h"
#include "stackctl/crypto.h"
#include "stackctl/text.h"
#include "stackctl/xml.h"
#include "storage.h"

namespace stackctl::exoscale {
namespace {

// The same call for three purposes, told apart by its name.
constexpr std::string_view kEmpty = "list-object-versions";
constexpr std::string_view kCheck = "list-object-versions (it should be empty)";
constexpr std::string_view kUnmark = "list-object-versions (of the mark)";
constexpr std::string_view kDelete = "delete-objects";

Call list_versions(std::string_view operation, const std::string& url) {
  http::Fields query = {{"versions", ""}};
  if (operation == kUnmark) query.emplace_back("prefix", kMarkKey);
  return storage_call(std::string(operation), "GET", url, std::move(query));
}

/// The versions on `page` that the purpose is about.
List doomed(std::string_view operation, const Value& page) {
  List out;
  for (const std::string_view kind : {"Version", "DeleteMarker"}) {
    for (const Value& entry : xml::each(page[kind])) {
      const bool is_mark = entry.text_at("Key") == kMarkKey;
      if (is_mark != (operation == kUnmark)) continue;
      Map version = {{"Key", entry["Key"]}, {"VersionId", entry["VersionId"]}};
      out.emplace_back(std::move(version));
    }
  }
  return out;
}

Call delete_objects(const std::string& url, List objects) {
  std::string body = xml::write("Delete", Map{{"Object", std::move(objects)}, {"Quiet", true}},
                                "http://s3.amazonaws.com/doc/2006-03-01/");
  return with_digest(
      storage_call(std::string(kDelete), "POST", url, {{"delete", ""}}, std::move(body)));
}

/// In batches; afterwards the same page shows the next ones.
std::vector<Call> delete_all(const List& objects, const Call& page) {
  constexpr std::size_t most = 1000;  // in one call
  std::vector<Call> calls;
  for (std::size_t from = 0; from < objects.size(); from += most) {
    const auto first = objects.begin() + static_cast<std::ptrdiff_t>(from);
    const auto count = static_cast<std::ptrdiff_t>(std::min(most, objects.size() - from));
    calls.push_back(delete_objects(page.request.url, List(first, first + count)));
  }
  calls.push_back(page);
  return calls;
}

Fail not_empty(const Value& page_entry) {
  Diagnostic fault =
      error("the bucket holds objects, '" + harmless(page_entry.text_at("Key")) + "' for one",
            "empty it, or write empty_on_delete: true and apply before");
  return Fail{std::move(fault)};
}

/// Objects may be refused although the call is accepted.
Progress follow_deletion(const Call& call, const Value& answer) {
  const auto refused = xml::each(answer["Error"]);
  if (refused.empty()) return Settled{};
  Diagnostic fault = error(call.operation + ": '" + harmless(refused.front().text_at("Key")) +
                           "' was not deleted");
  fault.detail = harmless(refused.front().text_at("Code")) + ": " +
                 harmless(refused.front().text_at("Message"));
  return Fail{std::move(fault)};
}

Progress follow_page(const Call& call, const Value& page) {
  List objects = doomed(call.operation, page);
  if (!objects.empty() && call.operation == kCheck) return not_empty(objects.front());
  if (!objects.empty()) return More{delete_all(objects, call)};
  if (page.text_at("IsTruncated") != "true") return Settled{};
  Call next = call;
  http::set(next.request.query, "key-marker", std::string(page.text_at("NextKeyMarker")));
  if (const std::string_view version = page.text_at("NextVersionIdMarker"); !version.empty())
    http::set(next.request.query, "version-id-marker", std::string(version));
  if (next.request.query == call.request.query)
    return Fail{error(call.operation + ": one page leads to itself")};
  return More{{std::move(next)}};
}

}  // namespace

Call with_digest(Call call) {
  http::set(call.request.headers, "Content-MD5", crypto::base64(crypto::md5(call.request.body)));
  http::set(call.request.headers, "Content-Type", "application/xml");
  return call;
}

bool is_page_of_versions(const Value& content) {
  return !content["IsTruncated"].is_null() || !content["Name"].is_null();
}

std::vector<Call> remove_bucket(const std::string& url, bool is_emptied) {
  return {list_versions(is_emptied ? kEmpty : kCheck, url), list_versions(kUnmark, url),
          storage_call("delete-bucket", "DELETE", url)};
}

Progress follow_removal(const Api& /*api*/, const Call& call, const http::Reply& reply) {
  const bool is_page =
      call.operation == kEmpty || call.operation == kCheck || call.operation == kUnmark;
  if (!is_page && call.operation != kDelete) return Settled{};
  const Result<Value> answer = xml::parse(reply.body);
  if (!answer) return Fail{unreadable_answer(call, answer.fault().summary)};
  const Value& content = xml::content(*answer);
  if (is_page && !is_page_of_versions(content))
    return Fail{unreadable_answer(call, "it is no page of versions")};
  return is_page ? follow_page(call, content) : follow_deletion(call, content);
}

}  // namespace stackctl::exoscale
