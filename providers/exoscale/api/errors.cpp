#include "errors.h"

#include <algorithm>
#include <array>

#include "stackctl/json.h"
#include "stackctl/text.h"

namespace stackctl::exoscale {
namespace {

/// The first row that fits a reply decides. Empty columns fit everything.
struct Row {
  int status = 0;
  std::string_view method = {};
  std::string_view phrase = {};  ///< in lower case, somewhere in the body
  Verdict verdict = Verdict::failed;
  std::string_view operation = {};  ///< what its name begins with
};
constexpr std::size_t kLongestWords = 1000;
constexpr std::array kRows = {
    // What is given already, and what has nothing to be taken from, is as it is wanted.
    Row{409, "PUT", "already has", Verdict::ok, "attach-instance-to-"},
    Row{409, "PUT", "already attached", Verdict::ok, "attach-instance-to-"},
    Row{404, "PUT", "", Verdict::ok, "detach-"},
    Row{400, "PUT", "not attached", Verdict::ok, "detach-"},
    Row{404, "DELETE", "", Verdict::ok, "delete-reverse-dns-"},
    Row{404, "", "", Verdict::gone},
    Row{409, "DELETE", "", Verdict::in_use},
    Row{409, "PUT", "", Verdict::in_use, "detach-"},  // it is on its way in or out
    Row{409, "PUT", "already being", Verdict::transient},
    Row{409, "POST", "", Verdict::not_yet, "create-block-storage-snapshot"},  // it is worked on
    Row{403, "", "locked by", Verdict::in_use},
    Row{400, "DELETE", "in use", Verdict::in_use},
    Row{400, "DELETE", "attached", Verdict::in_use},
    Row{412, "DELETE", "in use", Verdict::in_use},
    Row{408, "", "", Verdict::transient},
    Row{429, "", "", Verdict::throttled},
    Row{501, "", "", Verdict::failed},
};

bool fits(const Row& row, const Call& call, int status, std::string_view lower_body) {
  return row.status == status && (row.method.empty() || row.method == call.request.method) &&
         call.operation.starts_with(row.operation) &&
         lower_body.find(row.phrase) != std::string_view::npos;
}

Verdict verdict_on(const Call& call, const http::Reply& reply) {
  if (reply.status >= 200 && reply.status < 300) return Verdict::ok;
  const std::string body = to_lower(reply.body);
  for (const Row& row : kRows)
    if (fits(row, call, reply.status, body)) return row.verdict;
  return reply.status >= 500 ? Verdict::transient : Verdict::failed;
}

void add(std::vector<std::string>& messages, std::string_view message) {
  constexpr std::size_t most = 10;
  if (message.empty() || messages.size() == most) return;
  message = message.substr(0, kLongestWords);
  const bool is_told = std::ranges::any_of(
      messages, [&](const std::string& told) { return told.find(message) != std::string::npos; });
  if (!is_told) messages.emplace_back(message);
}

/// One entry of `errors`: a text, or {message | detail, location}.
std::string entry(const Value& value) {
  if (value.text() != nullptr) return *value.text();
  std::string text(value.text_at(value["message"].is_null() ? "detail" : "message"));
  if (const std::string_view location = value.text_at("location"); !location.empty())
    text.append(" (").append(location) += ')';
  return text;
}

}  // namespace

std::string message_in(std::string_view body) {
  constexpr std::size_t longest = 200;
  const Result<Value> parsed = json::parse(body);
  if (!parsed || parsed->map() == nullptr) return harmless(trim(body.substr(0, longest)));
  std::vector<std::string> messages;
  for (const std::string_view name : {"message", "error", "title", "detail"})
    add(messages, parsed->text_at(name));
  for (const Value& item : (*parsed)["errors"].items()) add(messages, entry(item));
  return harmless(join(messages, ": "));
}

Judgement judge(const Call& call, const http::Reply& reply) {
  Judgement judgement;
  judgement.verdict = verdict_on(call, reply);
  if (judgement.verdict != Verdict::ok) judgement.message = message_in(reply.body);
  if (reply.status == 403 && to_lower(judgement.message).find("signature") != std::string::npos)
    judgement.message += "; check the API secret and this machine's clock";
  return judgement;
}

}  // namespace stackctl::exoscale
