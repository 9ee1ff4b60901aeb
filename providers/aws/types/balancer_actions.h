// What listeners and their rules do with what clients send.
#pragma once

#include "stackctl/schema.h"
#include "stackctl/value.h"

namespace stackctl::aws {

/// One of the actions of a listener or a rule, which has one.
Attribute balancer_action();

// In the words of the API.
List forward_to(Value target_group);
/// To the same host and path, in another protocol: "HTTPS".
List redirect_to(std::string_view protocol);
/// The status alone: 404.
List respond_with(const Value& status);

}  // namespace stackctl::aws
