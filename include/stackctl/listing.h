// Reading listings: their pages, and what these lead to.
#pragma once

#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "stackctl/flow.h"
#include "stackctl/http.h"
#include "stackctl/value.h"

namespace stackctl {

/// Calls to send one after the other, and how their answers are read.
struct Reading {
  std::vector<Call> calls;
  /// The lists in an accepted answer to `call`, by name. Adds the calls that it leads to, whose
  /// answers come here too: the next page, the tags of what it showed. An answer that is not the
  /// one expected must be an error, never an empty list: it would read as an empty cloud.
  std::function<Result<Value>(const Call& call, const http::Reply& reply, std::vector<Call>& more)>
      take;
  /// What to ask in place of a call that an answer has led to and that was refused because
  /// something in it was gone: the same of one thing at a time. None: it was all that it asks for.
  /// May be empty.
  std::function<std::vector<Call>(const Call& call)> apart = {};
  /// Moves what `more` asks for into `waiting`, a call that has not been sent, as far as one call
  /// may ask for it all; whether nothing is left of `more`. `waiting` then goes out after all
  /// others that wait. May be empty.
  std::function<bool(Call& waiting, Call& more)> unite = {};
};

/// Beside the lists that were read: the URLs of what was no longer there when an answer led to it.
inline constexpr std::string_view kGone = "gone";

/// Its `Done` is one map: lists of one name are joined.
std::unique_ptr<Flow> read_lists(std::vector<Reading> readings);

}  // namespace stackctl
