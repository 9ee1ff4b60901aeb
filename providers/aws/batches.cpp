#include "batches.h"

#include <string>
#include <string_view>

namespace stackctl::aws {
namespace {

/// "ResourceArns.member.2" is of the list "ResourceArns".
std::vector<Call> in_fields(const Call& call) {
  constexpr std::string_view item = ".member.";
  http::Fields rest;
  http::Fields items;
  for (auto& [name, value] : http::parse_query(call.request.body)) {
    const std::size_t at = name.find(item);
    if (at == std::string::npos)
      rest.emplace_back(name, value);
    else
      items.emplace_back(name.substr(0, at + item.size()) + "1", value);
  }
  std::vector<Call> calls;
  for (const auto& each : items) {
    http::Fields fields = rest;
    fields.push_back(each);
    calls.push_back(call);
    calls.back().request.body = http::query_string(fields);
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

}  // namespace stackctl::aws
