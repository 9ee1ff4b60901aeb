// What Exoscale's replies mean.
#pragma once

#include <string>

#include "stackctl/flow.h"

namespace stackctl::exoscale {

Judgement judge(const Call& call, const http::Reply& reply);

/// The cloud's words, from any of the shapes that its errors come in.
std::string message_in(std::string_view body);

}  // namespace stackctl::exoscale
