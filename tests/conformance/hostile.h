// A simulated account behind somebody who may answer in its place.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "support/account.h"
#include "support/echo.h"

namespace hostile {

using namespace stackctl;

/// The stack "shop" and its account.
struct Cloud {
  /// To "GET /instance", "PUT sos /assets?acl="; nothing lets the honest answer through.
  using Answer = std::function<std::optional<http::Reply>(const std::string& question)>;

  explicit Cloud(const std::vector<Declaration>& declarations);

  engine::Plan plan() { return account.plan(desired, options); }
  engine::Plan plan_to_destroy();
  /// The first fault, or empty.
  std::string carry_out(const engine::Plan& plan);
  std::string apply() { return carry_out(plan()); }
  std::string destroy() { return carry_out(plan_to_destroy()); }
  /// Addresses of all that is there.
  std::multiset<std::string> owned();

  Answer answer;
  std::map<std::string, std::string> told;  ///< honest answers to GETs
  support::Echo echo;
  support::Account account;
  engine::Desired desired;
  engine::Desired nothing;
  engine::PlanOptions options;

 private:
  simulator::Routed route(simulator::Cloud& cloud, const http::Request& request, Time now);
};

http::Reply reply_with(int status, std::string body);

/// Without control characters.
bool is_harmless(std::string_view text);

/// "[[[]]]"
std::string nested(std::size_t depth);

}  // namespace hostile
