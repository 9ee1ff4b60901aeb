// What a refresh has to read, so that it sees all that the stack owns and all that the plan needs.
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/binding.h"
#include "engine/desired.h"

namespace stackctl::engine {

/// A type in the cloud of one binding.
using TypePlace = std::pair<std::size_t, const ResourceType*>;
/// A binding and one of its listings.
using ListingKey = std::pair<std::size_t, std::string_view>;

/// How much is read of the objects that are there.
enum class Detail {
  asked,  ///< the attributes of which the stack says or asks something (see `Attribute::listing`)
  whole,
};

class Scope {
 public:
  Scope(const Bindings& bindings, const Desired& desired, Detail detail);

  /// What has to be read to see the objects of a type, and of them what the stack speaks of.
  const std::vector<std::string_view>& listings_of(const TypePlace& place) const {
    return listings_.at(place);
  }
  /// From now on all that is told of every type has to be read.
  void widen();
  /// Every type that may bear a mark, and what the stack looks up.
  const std::vector<TypePlace>& all() const { return all_; }
  /// Whether the stack uses what is listed there: the plan depends on it. When all is to go,
  /// everything has to be seen.
  bool is_used(const ListingKey& key) const;
  /// Whether its listing is read whatever a census says: the stack uses it, or what it is part of,
  /// or no census counts it. When all is to go, everything has to be seen.
  bool is_needed(const TypePlace& place) const;
  /// The counted types of a binding of which a census has to say whether there are any: there are
  /// listings that are read because of them alone.
  std::vector<const ResourceType*> to_count(std::size_t binding) const;
  /// Whether it, or what it is part of, is among the `names` that a census shows.
  bool is_among(const TypePlace& place, const std::set<std::string_view>& names) const;

 private:
  using Asked = std::set<std::pair<TypePlace, std::string_view>>;  // attributes

  Asked asked_in(const Desired& desired) const;
  void choose_listings(const Asked* asked);
  /// The type, what it is part of, what that is part of.
  std::vector<const ResourceType*> line_of(const TypePlace& place) const;
  const ResourceType* parent_of(std::size_t binding, const ResourceType& type) const;

  const Bindings& bindings_;
  bool is_whole_;  ///< nothing is wanted: all goes
  std::vector<TypePlace> all_;
  std::set<TypePlace> used_;
  std::map<TypePlace, std::vector<std::string_view>> listings_;
};

}  // namespace stackctl::engine
