// How listings are read.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "aws/api/api.h"
#include "stackctl/listing.h"
#include "stackctl/provider.h"

namespace stackctl::aws {

/// An action whose answers are pages of a list. Every call of a listing stands in this table.
struct Page {
  const Service* service = nullptr;
  std::string_view action;
  std::string_view items;  ///< where its answers have the list: "vpcSet"
  std::string_view list;   ///< what the list is called in what `decode` gets: "vpcs"
  /// How many a page may hold, and the parameter that says it; none is sent without a name.
  std::string_view size_name = {};
  int size = 0;
  /// What to ask next, because of these items: the tags of balancers. `declared` is what the stack
  /// file says of them. May be null.
  std::vector<Call> (*leads_to)(const Api& api, std::span<const Value> items,
                                std::span<const Value> declared) = nullptr;
  /// What `decode` gets, where that is more than the items: records say nothing of their zone. Adds
  /// the next page, where it is more than a token. May be null.
  List (*read)(const Api& api, const Call& call, const Value& answer,
               std::vector<Call>& more) = nullptr;
};

/// A name in `ResourceType::listing`, and the calls that begin it. A listing without a row begins
/// with the page whose list has its name, without parameters.
struct Listing {
  std::string_view name;
  std::vector<Call> (*begin)(const Api& api, std::span<const Value> lookups) = nullptr;
};

Reading reading_of(const Api& api, std::string_view listing, const Interest& interest);

}  // namespace stackctl::aws
