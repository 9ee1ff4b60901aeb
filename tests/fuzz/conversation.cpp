#include "conversation.h"

#include <algorithm>

#include "aws/provider.h"
#include "exoscale/provider.h"
#include "support/account.h"
#include "targets.h"

using namespace stackctl;

namespace fuzz {
namespace {

constexpr int kMostTurns = 60;

Next answered(const Connection& connection, Flow& flow, const Send& send,
              const http::Reply& reply) {
  require(!send.call.operation.empty(), "every call has a name");
  const std::string_view url = send.call.request.url;
  require(url.find("/../") == std::string_view::npos && !url.ends_with("/.."),
          "no call climbs up its path");
  const Judgement judgement = connection.judge(send.call, reply);
  constexpr std::size_t longest = 2000;
  require(judgement.message.size() <= longest, "the cloud's words are cut");
  require(std::ranges::none_of(judgement.message,
                               [](char c) { return static_cast<unsigned char>(c) < 0x20; }),
          "the cloud's words are harmless");
  return flow.next({&reply, &judgement, nullptr, {}});
}

Next shown(Flow& flow, const Watch& watch, const std::vector<LiveObject>& objects) {
  const auto found = std::ranges::find_if(objects, [&](const LiveObject& object) {
    return watch.id.empty() ? watch.is_it(object) : object.id == watch.id;
  });
  return flow.next({nullptr, nullptr, found == objects.end() ? nullptr : &*found, objects});
}

engine::Binding bind_aws() {
  Surroundings nobody;
  nobody.environment = [](std::string_view name) -> std::optional<std::string> {
    if (name == "AWS_ACCESS_KEY_ID" || name == "AWS_SECRET_ACCESS_KEY") return "nobody";
    return std::nullopt;
  };
  nobody.read_file = [](std::string_view) { return std::nullopt; };
  nobody.run = [](const std::vector<std::string>&) -> Result<std::string> {
    return error("there is nothing to run");
  };
  auto connection = aws::provider.connect(Map{{"region", "eu-west-1"}}, nobody);
  require(static_cast<bool>(connection), "keys that are given need nobody");
  return {"aws", &aws::provider, *std::move(connection)};
}

std::vector<const ResourceType*> all_types() {
  std::vector<const ResourceType*> types;
  for (const Provider* const provider : {&exoscale::provider, &aws::provider})
    types.insert(types.end(), provider->types.begin(), provider->types.end());
  return types;
}

}  // namespace

const engine::Binding& offline(const ResourceType& type) {
  static const engine::Binding exoscale = support::bind({});
  static const engine::Binding aws = bind_aws();
  return type.name.starts_with("aws.") ? aws : exoscale;
}

const ResourceType& take_type(std::string_view& input) {
  const std::size_t end = std::min(input.find('\n'), input.size());
  const std::string_view name = input.substr(0, end);
  input.remove_prefix(std::min(end + 1, input.size()));
  static const std::vector<const ResourceType*> types = all_types();
  const auto found = std::ranges::find(types, name, &ResourceType::name);
  if (found != types.end()) return **found;
  std::size_t sum = 0;
  for (const char c : name) sum += static_cast<unsigned char>(c);
  return *types[sum % types.size()];
}

Conversation converse(const Connection& connection, Flow& flow,
                      const std::vector<http::Reply>& replies,
                      const std::vector<LiveObject>& objects) {
  Next next = flow.next({});
  std::size_t asked = 0;
  for (int turn = 0; turn < kMostTurns; ++turn) {
    if (const auto* send = std::get_if<Send>(&next)) {
      const Send sent = *send;
      next = answered(connection, flow, sent, replies[asked++ % replies.size()]);
    } else if (const auto* watch = std::get_if<Watch>(&next)) {
      const Watch watched = *watch;
      next = shown(flow, watched, objects);
    } else if (std::get_if<Pause>(&next) != nullptr) {
      next = flow.next({});
    } else {
      return {std::move(next), asked};
    }
  }
  return {Pause{"ever", {}}, asked};
}

http::Reply reply_with(int status, std::string_view body) {
  http::Reply reply;
  reply.status = status;
  reply.body = body;
  return reply;
}

}  // namespace fuzz
