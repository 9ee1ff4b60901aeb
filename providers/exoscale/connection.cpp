#include "connection.h"

#include "exoscale/api/errors.h"
#include "exoscale/api/signature.h"
#include "exoscale/listing/listings.h"
#include "exoscale/types/bucket_listing.h"
#include "exoscale/types/storage.h"
#include "exoscale/types/types.h"
#include "stackctl/json.h"
#include "stackctl/listing.h"
#include "stackctl/shape.h"
#include "stackctl/signature_v4.h"
#include "stackctl/text.h"

namespace stackctl::exoscale {
namespace {

/// An answer without its list must not be taken for an empty cloud.
std::string fault_of(const Call& call, const Value& answer) {
  constexpr std::string_view list = "list-";
  if (answer.map() == nullptr) return "it is no JSON object";
  if (!call.operation.starts_with(list)) return {};
  const std::string name = call.operation.substr(list.size());
  return answer[name].list() == nullptr ? "it holds no list '" + name + "'" : "";
}

Result<Value> lists_in(const Api& api, const Listing& listing, const Call& call,
                       const http::Reply& reply, std::vector<Call>& more) {
  const Result<Value> answer = json::parse(reply.body);
  if (!answer) return unreadable_answer(call, answer.fault().summary);
  if (std::string fault = fault_of(call, *answer); !fault.empty())
    return unreadable_answer(call, std::move(fault));
  if (listing.follow == nullptr) return *answer;
  Value lists = listing.follow(api, call, *answer, more);
  if (lists.is_null()) return unreadable_answer(call, "it is about something else");
  return lists;
}

/// `name` is one of `ResourceType::listing`, and outlives the flow.
Reading reading_of(const Api& api, std::string_view name) {
  const Listing& listing = listing_of(name);
  return {listing.begin(api, name),
          [api, &listing](const Call& call, const http::Reply& reply, std::vector<Call>& more) {
            return lists_in(api, listing, call, reply, more);
          }};
}

}  // namespace

Connection::Connection(Login login)
    : login_(std::move(login)), api_{login_.endpoint, login_.storage_endpoint} {}

std::string Connection::where() const { return "exoscale " + login_.zone; }

Lane Connection::lane(Access access) const {
  // Exoscale documents no limit; throttling lowers the rate.
  constexpr Lane reads{.depth = 16, .per_second = 20, .burst = 40};
  constexpr Lane writes{.depth = 16, .per_second = 10, .burst = 20};
  return access == Access::read ? reads : writes;
}

std::unique_ptr<Flow> Connection::list(std::string_view listing,
                                       const Interest& /*interest*/) const {
  if (listing == kBuckets) return list_buckets(api_, login_.zone);
  std::vector<Reading> readings;
  for (const std::string& name : split(listing, ' ')) readings.push_back(reading_of(api_, name));
  return read_lists(std::move(readings));
}

std::vector<LiveObject> Connection::decode(const ResourceType& type, const Value& listed,
                                           Diagnostics& faults) const {
  std::vector<LiveObject> objects = type_of(type).decode(type, listed, faults);
  check_shapes(type, objects, faults);
  return objects;
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
  behaviour.follow = [api = api_, &type](const Call& call, const http::Reply& reply) {
    return type.follow == nullptr ? follow(api, call, reply) : type.follow(api, call, reply);
  };
  if (type.awaits != nullptr) behaviour.awaits = type.awaits;
  behaviour.created_id = [&type](const Work& todo, const Call& /*call*/, const http::Reply& reply) {
    if (type.created_id != nullptr) return type.created_id(todo, reply);
    // For a part, the operation refers to what it is a part of.
    return type.resource.parent.empty() ? reference_id(reply) : std::string();
  };
  if (type.told != nullptr)
    behaviour.told = [&type](const Call& /*call*/, const http::Reply& reply) {
      return type.told(reply);
    };
  return converge(std::move(work), std::move(behaviour));
}

void Connection::sign(http::Request& request, Time now) const {
  if (is_storage(api_, request))
    return signature_v4::sign(request, {"s3", login_.zone}, {login_.key, login_.secret.text}, now);
  constexpr std::int64_t lifetime = 600;  // seconds, as Exoscale's own clients choose
  const auto seconds = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
  http::set(request.headers, "Authorization",
            authorization(request, login_.key, login_.secret.text, seconds + lifetime));
}

Judgement Connection::judge(const Call& call, const http::Reply& reply) const {
  return is_storage(api_, call.request) ? judge_storage(reply) : exoscale::judge(call, reply);
}

}  // namespace stackctl::exoscale
