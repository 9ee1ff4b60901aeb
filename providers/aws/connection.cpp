#include "connection.h"

#include <utility>

#include "aws/api/errors.h"
#include "aws/api/tagging.h"
#include "aws/api/wire.h"
#include "aws/listing/census.h"
#include "aws/listing/holders.h"
#include "aws/listing/listings.h"
#include "aws/login/login_refusal.h"
#include "aws/types/types.h"
#include "stackctl/shape.h"
#include "stackctl/signature_v4.h"
#include "stackctl/text.h"

namespace stackctl::aws {
namespace {

std::vector<Call> update_of(const Api& api, const Type& type, const Work& work,
                            const LiveObject& live) {
  std::vector<Call> calls = calls_to_change(type, api, work, live);
  if (!changes_tags(work) || type.resource.marked != Marked::tags) return calls;
  const std::string resource(live.attributes.text_at(type.tagged_by));
  for (Call& call : tag_calls(api, *type.service, resource, work, live))
    calls.push_back(std::move(call));
  return calls;
}

std::string created_id(const Type& type, const Work& work, const Value& answer) {
  if (type.id_in != nullptr) return type.id_in(work, answer);
  if (type.created_id.empty()) return {};
  const Value& id = at_path(answer, type.created_id);
  return id.text() == nullptr ? "" : *id.text();
}

/// What cannot be read tells nothing.
Progress told_by(const Inquiry& inquiry, const Result<Value>& answer, Value& seen) {
  if (!answer) return Settled{};
  std::optional<Diagnostic> failure = inquiry.failure(*answer, seen);
  if (!failure) return Settled{};
  return Fail{*std::move(failure)};
}

}  // namespace

Connection::Connection(Endpoints endpoints, std::shared_ptr<Login> login)
    : api_{std::move(endpoints)}, login_(std::move(login)) {}

std::string Connection::where() const { return "aws " + api_.endpoints.region; }

Diagnostics Connection::warnings() const { return login_->warnings(); }

Lane Connection::lane(Access access) const {
  // EC2's buckets hold 100 reads and 50 to 200 changes, and refill by 20 and 5 to 10 a second;
  // throttling lowers the rate.
  constexpr Lane reads{.depth = 16, .per_second = 20, .burst = 80};
  constexpr Lane writes{.depth = 16, .per_second = 10, .burst = 40};
  return access == Access::read ? reads : writes;
}

std::unique_ptr<Flow> Connection::list(std::string_view listing, const Interest& interest) const {
  std::vector<Reading> readings;
  for (const std::string& name : split(listing, ' '))
    readings.push_back(reading_of(api_, name, interest));
  return read_lists(std::move(readings));
}

std::unique_ptr<Flow> Connection::census(std::string_view stack,
                                         std::span<const ResourceType* const> types) const {
  return count_owned(api_, stack, types);
}

std::vector<LiveObject> Connection::decode(const ResourceType& type, const Value& listed,
                                           Diagnostics& faults) const {
  std::vector<LiveObject> objects = objects_in(type_of(type), listed, faults);
  check_shapes(type, objects, faults);
  return objects;
}

std::unique_ptr<Flow> Connection::carry_out(Work work) const {
  const Type& type = type_of(*work.type);
  // The flow outlives this call, so it gets its own copy of the endpoints.
  Behaviour behaviour;
  behaviour.create = [api = api_, &type](const Work& todo) {
    return call_to_create(type, api, todo);
  };
  behaviour.update = [api = api_, &type](const Work& todo, const LiveObject& live) {
    return update_of(api, type, todo, live);
  };
  behaviour.remove = [api = api_, &type](const LiveObject& live) {
    return calls_to_remove(type, api, live);
  };
  // An accepted call is settled, as a rule; what became of it, the listing shows.
  behaviour.follow = [api = api_, &type, work, seen = Value()](
                         const Call& call, const http::Reply& reply) mutable -> Progress {
    const Result<Value> answer = answer_to(call, reply);
    if (action_of(call) == type.inquiry.action) return told_by(type.inquiry, answer, seen);
    if (!answer) return Fail{answer.fault()};
    return progress_of(type, api, work, call, *answer);
  };
  if (type.awaits != nullptr) behaviour.awaits = type.awaits;
  if (type.inquiry.failure != nullptr)
    behaviour.inquire = [api = api_, &type](const Work& /*todo*/, const LiveObject& live) {
      const Map which{{std::string(type.inquiry.id), live.id}};
      return std::optional(api.read(*type.service, type.inquiry.action, which));
    };
  behaviour.created_id = [&type](const Work& todo, const Call& call, const http::Reply& reply) {
    const Result<Value> answer = answer_to(call, reply);
    return answer ? created_id(type, todo, *answer) : std::string();
  };
  if (type.told != nullptr)
    behaviour.told = [&type](const Call& call, const http::Reply& reply) {
      const Result<Value> answer = answer_to(call, reply);
      return answer ? type.told(*answer) : Value();
    };
  std::optional<Call> question = question_after_holders(api_, work);
  return naming_holders(std::move(question), converge(std::move(work), std::move(behaviour)));
}

bool Connection::needs_login(Time now) const { return login_->needs_renewal(now); }

std::unique_ptr<Flow> Connection::log_in() const { return login_->renew(); }

void Connection::login_refused() const { login_->refused(); }

void Connection::sign(http::Request& request, Time now) const {
  const Service* const service = find_service(request.service);
  if (service == nullptr) return;  // part of a login that nobody signs
  const Credentials& credentials = login_->credentials_for(request);
  const std::string region = signing_region(api_.endpoints, *service);
  signature_v4::sign(request, {service->signing, region},
                     {credentials.key, credentials.secret.text, credentials.session_token.text},
                     now);
}

Judgement Connection::judge(const Call& call, const http::Reply& reply) const {
  Judgement judgement = aws::judge(call, reply);
  if (judgement.verdict != Verdict::failed) return judgement;
  if (std::optional<std::string> refusal = login_refusal(reply, login_->origin()))
    return {Verdict::failed, *std::move(refusal), {}};
  return judgement;
}

}  // namespace stackctl::aws
