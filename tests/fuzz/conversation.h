// One side of a conversation with the cloud, with made-up answers.
#pragma once

#include <string_view>
#include <vector>

#include "engine/binding.h"
#include "stackctl/flow.h"

namespace fuzz {

/// A login, to the cloud that has the type, that reaches nobody.
const stackctl::engine::Binding& offline(const stackctl::ResourceType& type);

/// The native type in the first line of `input`, which is taken off; any where it names none.
const stackctl::ResourceType& take_type(std::string_view& input);

/// Runs `flow`, of a connection, against a cloud that answers every request with `replies` in turn
/// and lists `objects` to whoever looks.
struct Conversation {
  stackctl::Next end;  ///< a Pause where it would go on for ever
  std::size_t asked = 0;
};
Conversation converse(const stackctl::Connection& connection, stackctl::Flow& flow,
                      const std::vector<stackctl::http::Reply>& replies,
                      const std::vector<stackctl::LiveObject>& objects);

stackctl::http::Reply reply_with(int status, std::string_view body);

}  // namespace fuzz
