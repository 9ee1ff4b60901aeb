#include "batches.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "api.h"

namespace stackctl::aws {
namespace {

/// "ResourceArns.member.2" is of the list "ResourceArns".
struct Batch {
  http::Fields rest;
  std::string list;  ///< "ResourceArns.member."
  std::vector<std::string> items;
};

Batch batch_in(const std::string& body) {
  constexpr std::string_view item = ".member.";
  Batch batch;
  for (auto& [name, value] : http::parse_query(body)) {
    const std::size_t at = name.find(item);
    if (at == std::string::npos) {
      batch.rest.emplace_back(name, value);
      continue;
    }
    batch.list = name.substr(0, at + item.size());
    batch.items.push_back(value);
  }
  return batch;
}

std::string body_of(const Batch& batch) {
  http::Fields fields = batch.rest;
  for (std::size_t i = 0; i < batch.items.size(); ++i)
    fields.emplace_back(batch.list + std::to_string(i + 1), batch.items[i]);
  return http::query_string(fields);
}

std::vector<Call> in_fields(const Call& call) {
  const Batch batch = batch_in(call.request.body);
  std::vector<Call> calls;
  for (const std::string& item : batch.items) {
    calls.push_back(call);
    calls.back().request.body = body_of({batch.rest, batch.list, {item}});
  }
  return calls;
}

/// The elements stand one after the other.
std::vector<Call> in_elements(const Call& call) {
  constexpr std::string_view opening = "<ResourceId>";
  constexpr std::string_view closing = "</ResourceId>";
  const std::string& body = call.request.body;
  const std::size_t first = body.find(opening);
  const std::size_t last = body.rfind(closing);
  std::vector<Call> calls;
  if (last == std::string::npos) return calls;
  const std::string behind = body.substr(last + closing.size());
  for (std::size_t at = first; at < last; at = body.find(opening, at + 1)) {
    const std::size_t end = body.find(closing, at) + closing.size();
    calls.push_back(call);
    calls.back().request.body = body.substr(0, first) + body.substr(at, end - at) + behind;
  }
  return calls;
}

}  // namespace

std::vector<Call> apart(const Call& call) {
  std::vector<Call> calls =
      call.request.body.starts_with('<') ? in_elements(call) : in_fields(call);
  if (calls.size() == 1) calls.clear();
  return calls;
}

bool unite(Call& waiting, Call& more) {
  const bool is_same =
      waiting.operation == more.operation && waiting.request.service == more.request.service;
  if (!is_same || action_of(waiting) != "DescribeTags") return false;
  Batch batch = batch_in(waiting.request.body);
  Batch rest = batch_in(more.request.body);
  const auto taken = static_cast<std::ptrdiff_t>(
      std::min(rest.items.size(), kTagsBatch - std::min(kTagsBatch, batch.items.size())));
  batch.items.insert(batch.items.end(), rest.items.begin(), rest.items.begin() + taken);
  rest.items.erase(rest.items.begin(), rest.items.begin() + taken);
  waiting.request.body = body_of(batch);
  more.request.body = body_of(rest);
  return rest.items.empty();
}

}  // namespace stackctl::aws
