#include "connection.h"

#include <deque>

#include "errors.h"
#include "signature.h"
#include "stackctl/json.h"
#include "types.h"

namespace stackctl::exoscale {
namespace {

/// Sends some GETs one after the other and joins the lists in their answers by name.
class ListFlow final : public Flow {
 public:
  explicit ListFlow(std::deque<Call> calls) : calls_(std::move(calls)) {}

  Next next(const Seen& seen) override {
    if (seen.reply != nullptr) {
      if (seen.judgement->verdict != Verdict::ok)
        return Fail{call_failed(calls_.front(), *seen.reply, *seen.judgement)};
      const Result<Value> answer = json::parse(seen.reply->body);
      if (!answer) return Fail{unreadable(answer.fault())};
      join(*answer);
      calls_.pop_front();
    }
    if (calls_.empty()) return Done{Value(std::move(lists_))};
    return Send{calls_.front()};
  }

 private:
  Diagnostic unreadable(const Diagnostic& why) const {
    Diagnostic fault = error(calls_.front().operation + ": the answer cannot be read");
    fault.detail = why.summary;
    return fault;
  }

  void join(const Value& answer) {
    if (answer.map() == nullptr) return;
    for (const auto& [name, items] : *answer.map()) {
      Value& list = lists_.try_emplace(name, List{}).first->second;
      list.list()->insert(list.list()->end(), items.items().begin(), items.items().end());
    }
  }

  std::deque<Call> calls_;  // the first is under way
  Map lists_;
};

}  // namespace

Connection::Connection(Login login) : login_(std::move(login)), api_{login_.endpoint} {}

std::string Connection::where() const { return "exoscale " + login_.zone; }

Lane Connection::lane(Access access) const {
  // Exoscale documents no limit; throttling lowers the rate.
  constexpr Lane reads{.depth = 16, .per_second = 20, .burst = 40};
  constexpr Lane writes{.depth = 16, .per_second = 10, .burst = 20};
  return access == Access::read ? reads : writes;
}

std::unique_ptr<Flow> Connection::list(std::string_view listing) const {
  const std::string operation = "list-" + std::string(listing.substr(1)) + "s";
  if (listing != kTemplateListing)
    return std::make_unique<ListFlow>(std::deque{api_.get(operation, listing)});
  return std::make_unique<ListFlow>(
      std::deque{api_.get(operation, listing, {{"visibility", "public"}}),
                 api_.get(operation, listing, {{"visibility", "private"}})});
}

std::vector<LiveObject> Connection::decode(const ResourceType& type, const Value& listed,
                                           Diagnostics& faults) const {
  return type_of(type).decode(type, listed, faults);
}

std::unique_ptr<Flow> Connection::carry_out(Work work) const {
  const Type& type = type_of(*work.type);
  // The flow outlives this call, so it gets its own copy of the endpoint.
  Behaviour behaviour;
  behaviour.create = [api = api_, &type](const Work& todo) { return type.create(api, todo); };
  behaviour.update = [api = api_, &type](const Work& todo, const LiveObject& live) {
    return type.update == nullptr ? std::vector<Call>{} : type.update(api, todo, live);
  };
  behaviour.remove = [api = api_, &type](const LiveObject& live) { return type.remove(api, live); };
  behaviour.follow = [api = api_](const Call&, const http::Reply& reply) {
    return follow(api, reply);
  };
  behaviour.created_id = [&type](const http::Reply& reply) {
    // For a part, the operation refers to what it is a part of.
    return type.resource.parent.empty() ? reference_id(reply) : std::string();
  };
  return converge(std::move(work), std::move(behaviour));
}

void Connection::sign(http::Request& request, Time now) const {
  constexpr std::int64_t lifetime = 600;  // seconds, as Exoscale's own clients choose
  const auto seconds = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
  http::set(request.headers, "Authorization",
            authorization(request, login_.key, login_.secret.text, seconds + lifetime));
}

Judgement Connection::judge(const Call& call, const http::Reply& reply) const {
  return exoscale::judge(call, reply);
}

}  // namespace stackctl::exoscale
