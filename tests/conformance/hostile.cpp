#include "conformance/hostile.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace hostile {
namespace {

constexpr std::string_view kMain = "https://api-ch-gva-2.exoscale.com/v2";
constexpr const char* kName = "shop";

std::string question(const http::Request& request) {
  const bool is_main = request.url.starts_with(kMain);
  std::string text = request.method + ' ';
  text += is_main ? request.url.substr(kMain.size())
                  : "sos " + std::string(http::split(request.url).path);
  return request.query.empty() ? text : text + '?' + http::query_string(request.query);
}

}  // namespace

Cloud::Cloud(const std::vector<Declaration>& declarations)
    : account({}, [this](simulator::Cloud& cloud, const http::Request& request,
                         Time now) { return route(cloud, request, now); }),
      desired(engine::lower(kName, declarations, account.bindings())) {
  options.lifecycles = engine::bound_lifecycles(declarations, desired);
  nothing.stack = kName;
  account.run_hooks_with(echo);
}

simulator::Routed Cloud::route(simulator::Cloud& cloud, const http::Request& request, Time now) {
  http::Reply honest = cloud.handle(request, now);
  const std::string asked = question(request);
  constexpr int fine = 200;
  if (request.method == "GET" && honest.status == fine) told[asked] = honest.body;
  if (answer)
    if (std::optional<http::Reply> made = answer(asked)) return *std::move(made);
  return honest;
}

engine::Plan Cloud::plan_to_destroy() {
  engine::PlanOptions clean = options;
  clean.clean = true;
  return account.plan(nothing, clean);
}

std::string Cloud::carry_out(const engine::Plan& plan) {
  try {
    return account.carry_out(plan).succeeded() ? "" : "failed";
  } catch (const std::runtime_error& fault) {
    return fault.what();
  }
}

std::multiset<std::string> Cloud::owned() {
  std::multiset<std::string> addresses;
  for (const auto& [object, binding] : account.refresh(nothing).objects)
    if (engine::owned_by(object, kName)) addresses.insert(object.mark->address);
  return addresses;
}

http::Reply reply_with(int status, std::string body) {
  http::Reply reply;
  reply.status = status;
  reply.body = std::move(body);
  return reply;
}

bool is_harmless(std::string_view text) {
  return std::ranges::all_of(text, [](char c) {
    return c == '\n' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f);
  });
}

std::string nested(std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

}  // namespace hostile
