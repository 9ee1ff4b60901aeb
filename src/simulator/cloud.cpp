#include "simulator/cloud.h"

#include <algorithm>

#include "simulator/body_check.h"
#include "simulator/fate.h"
#include "simulator/operations.h"
#include "simulator/router.h"
#include "simulator/signature.h"
#include "simulator/sos.h"
#include "simulator/sos_calls.h"

namespace stackctl::simulator {
namespace {

constexpr const char* prefix = "/v2";
constexpr std::size_t largest_body = std::size_t{1} << 20U;
constexpr int deepest_body = 16;

http::Reply reply(const Answer& answer) {
  http::Reply made;
  made.status = answer.status;
  made.headers = {{"Content-Type", "application/json"}};
  made.body = answer.body.dump(-1, ' ', false, Json::error_handler_t::replace);
  return made;
}

bool is_json(const http::Request& request) {
  const auto type = http::find(request.headers, "Content-Type");
  return type && type->substr(0, type->find(';')) == "application/json";
}

// Null when `text` is no JSON, or nested deeper than any request needs to be.
Json parse_body(const std::string& text) {
  bool is_too_deep = false;
  const auto watch = [&](int depth, Json::parse_event_t, const Json&) {
    is_too_deep = is_too_deep || depth > deepest_body;
    return !is_too_deep;
  };
  Json body = Json::parse(text, watch, false);
  return body.is_discarded() || is_too_deep ? Json() : body;
}

// The parsed body in `body`, or why it is refused.
std::optional<Answer> read_body(Account& account, const http::Request& request, const Route& route,
                                Json& body) {
  body = Json::object();
  if (request.body.empty())
    return route.body == Body::required ? std::optional(invalid("body: missing")) : std::nullopt;
  if (request.body.size() > largest_body) return refuse(413, "Request body too large");
  if (!is_json(request)) return refuse(415, "Content-Type must be application/json");
  body = parse_body(request.body);
  return check_body(account, body, route.fields);
}

std::string origin_of(const http::Request& request) {
  const http::Url url = http::split(request.url);
  std::string origin = std::string(url.scheme) + "://" + std::string(url.host);
  if (!url.port.empty()) origin += ':' + std::string(url.port);
  return origin;
}

Answer answer(Account& account, const http::Request& request, const Match& match) {
  const Route& route = *match.route;
  if (auto refused = check_query(request.query, route.query)) return *refused;
  Json* object = nullptr;
  if (!route.object.empty()) {
    object = account.find(route.object, match.arguments.front());
    if (object == nullptr)
      return refuse(404, std::string(route.object) + " " + match.arguments.front() + " not found");
  }
  Json body;
  if (auto refused = read_body(account, request, route, body)) return *refused;
  Call call{account,         route,  match.arguments,   request.query,
            std::move(body), object, origin_of(request)};
  return route.handler(call);
}

Answer handle_checked(Account& account, const http::Request& request) {
  const std::string_view path = http::split(request.url).path;
  const Match match = path.starts_with(prefix)
                          ? find_route(request.method, path.substr(std::string_view(prefix).size()))
                          : Match{};
  const bool is_signed = http::find(request.headers, "Authorization").has_value();
  if (is_signed || match.route == nullptr || !match.route->is_public) {
    const Settings& settings = account.settings();
    if (auto why = check_signature(request, settings.key, settings.secret, account.now()))
      return refuse(403, *why);
  }
  if (match.route == nullptr)
    return match.is_known_path ? refuse(405, "Method Not Allowed") : refuse(404, "Not Found");
  if (!match.malformed.empty()) return invalid(match.malformed);
  return answer(account, request, match);
}

void advance(Account& account, Time now) {
  while (auto event = account.take_due(now)) carry_out(account, *event);
  account.set_now(std::max(account.now(), now));
}

}  // namespace

struct Cloud::State {
  Account account;
};

Cloud::Cloud(Settings settings)
    : state_(std::make_unique<State>(State{Account(std::move(settings))})) {
  for (const Type* type : types())
    if (type->populate != nullptr) type->populate(state_->account);
}
Cloud::~Cloud() = default;
Cloud::Cloud(Cloud&&) noexcept = default;
Cloud& Cloud::operator=(Cloud&&) noexcept = default;

http::Reply Cloud::handle(const http::Request& request, Time now, Fate fate) {
  Account& account = state_->account;
  try {
    advance(account, now);
    if (sos::is_for_storage(account, request)) return sos::handle(account, request);
    if (fate == Fate{}) return reply(handle_checked(account, request));
    return reply(begin_doomed(account, fate, [&] { return handle_checked(account, request); }));
  } catch (const Json::exception& fault) {  // only a state edited by hand can lead here
    return reply(refuse(500, std::string("Internal error: ") + fault.what()));
  }
}

http::Reply Cloud::turn_away(const http::Request& request, int status, int retry_after) const {
  http::Reply made = sos::is_for_storage(state_->account, request)
                         ? sos::failure(503, "SlowDown", "Please reduce your request rate.")
                         : reply(refuse(status, status == 429 ? "Too many requests"
                                                              : "Service temporarily unavailable"));
  if (status == 429) made.headers.emplace_back("Retry-After", std::to_string(retry_after));
  return made;
}

std::optional<Time> Cloud::next_event() const { return state_->account.next_due(); }
Time Cloud::clock() const { return state_->account.now(); }
std::uint64_t Cloud::revision() const { return state_->account.revision(); }
std::string Cloud::save() const { return state_->account.save().dump(1) + '\n'; }

std::optional<Diagnostic> Cloud::load(std::string_view text, Time now) {
  const Json saved = Json::parse(text, nullptr, false);
  if (saved.is_object() && saved.value("zone", Json()) != Json(state_->account.settings().zone))
    return error("the saved state is of another zone", "name its zone, or begin with a new state");
  if (!saved.is_discarded() && state_->account.load(saved, now)) return std::nullopt;
  return error("this is no saved state of the simulator", "delete the file to begin anew");
}

}  // namespace stackctl::simulator
