// What Exoscale's replies mean.
#pragma once

#include <string>

#include "stackctl/flow.h"

namespace stackctl::exoscale {

Judgement judge(const Call& call, const http::Reply& reply);

/// What a cloud says, fit to be shown: without control characters, cut to some lines.
std::string harmless(std::string_view words);

/// "list-instances: the answer cannot be read".
Diagnostic unreadable_answer(const Call& call, std::string why);

/// The cloud's words, from any of the shapes that its errors come in.
std::string message_in(std::string_view body);

}  // namespace stackctl::exoscale
