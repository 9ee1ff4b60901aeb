// Operations that are accepted and then do not go the usual way: they fail, or take long.
#pragma once

#include <functional>
#include <optional>
#include <string_view>

#include "simulator/operations.h"

namespace stackctl::simulator {

/// Lets `handle` answer a request; the operation that it begins, if any, meets its `fate`.
Answer begin_doomed(Account& account, const Fate& fate, const std::function<Answer()>& handle);

/// How the event is called with which an operation fails.
inline constexpr std::string_view failing_action = "fail";

/// Action: undoes what the beginning of the operation changed; what others changed since, stays.
std::optional<Failure> take_back(Account& account, const Json& arguments);

}  // namespace stackctl::simulator
