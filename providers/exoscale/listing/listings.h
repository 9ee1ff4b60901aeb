// How listings are read. Most are one GET of their path; those that are not stand in a table.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "exoscale/api/operations.h"
#include "stackctl/flow.h"
#include "stackctl/listing.h"

namespace stackctl::exoscale {

struct Listing {
  std::string_view name = {};  ///< as in `ResourceType::listing`; usually the path
  std::string_view key = {};   ///< of the list in its answer, where that is not NAMEs
  std::vector<Call> (*begin)(const Api& api, std::string_view name) = nullptr;
  /// Makes of the answer to `call` the map of lists for `decode`, and adds the calls that the
  /// answer leads to: one for each domain, say. Their answers come here too. It is never asked
  /// about a "list-NAMES" without its list; null is an answer that is about something else. No
  /// function: the answer is that map.
  Value (*follow)(const Api& api, const Call& call, const Value& answer,
                  std::vector<Call>& more) = nullptr;
};

/// The row for `name`, or the one for all that need none.
const Listing& listing_of(std::string_view name);

}  // namespace stackctl::exoscale
