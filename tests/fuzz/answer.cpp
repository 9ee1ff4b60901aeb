// Answers to changes: the first line names the type, each further one is a status and a body.
#include <algorithm>
#include <charconv>
#include <string>

#include "conversation.h"
#include "stackctl/json.h"
#include "targets.h"

using namespace stackctl;

namespace fuzz {
namespace {

constexpr std::size_t kMostReplies = 16;

http::Reply reply_in(std::string_view line) {
  int status = 200;
  const std::size_t blank = std::min(line.find(' '), line.size());
  std::from_chars(line.data(), line.data() + blank, status);
  line.remove_prefix(std::min(blank + 1, line.size()));
  return reply_with(std::clamp(status, 100, 599), line);
}

std::vector<http::Reply> replies_in(std::string_view text) {
  std::vector<http::Reply> replies;
  while (!text.empty() && replies.size() < kMostReplies) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    replies.push_back(reply_in(text.substr(0, end)));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  if (replies.empty()) replies.push_back(reply_with(200, ""));
  return replies;
}

Work work_on(const ResourceType& type, Action action) {
  Work work;
  work.action = action;
  work.type = &type;
  work.mark = {"wordpress", "web", "1.x"};
  work.desired = Map{{"name", "wordpress-web"}};
  if (!type.parent.empty()) work.desired.map()->emplace(std::string(type.parent), "parent-id");
  work.live.type = &type;
  work.live.id = type.parent.empty() ? "an-id" : "parent-id/an-id";
  work.live.attributes = Map{{"id", work.live.id}, {"name", "wordpress-web"}};
  work.live.mark = work.mark;
  if (action == Action::update) work.changed = {"name", std::string(kMark)};
  return work;
}

}  // namespace

void answer(std::string_view input) {
  const ResourceType& type = take_type(input);
  if (type.marked == Marked::never) return;
  const Connection& connection = *offline(type).connection;
  const std::vector<http::Reply> replies = replies_in(input);
  std::vector<LiveObject> objects;
  Diagnostics faults;
  if (const Result<Value> listed = json::parse(replies.back().body))
    objects = connection.decode(type, *listed, faults);
  const bool is_refused = std::ranges::all_of(
      replies, [](const http::Reply& reply) { return reply.status >= 400 && reply.status != 404; });
  for (const Action action : {Action::create, Action::update, Action::remove}) {
    const auto flow = connection.carry_out(work_on(type, action));
    const auto [end, asked] = converse(connection, *flow, replies, objects);
    if (action == Action::remove && is_refused && asked > 0)
      require(std::get_if<Done>(&end) == nullptr, "what is refused is not done");
    if (const auto* failed = std::get_if<Fail>(&end))
      require(!failed->why.summary.empty(), "every fault says something");
  }
}

}  // namespace fuzz
