// Which live object is the one that the stack file means.
#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "engine/desired.h"
#include "engine/live.h"

namespace stackctl::engine {

/// A text that means something among the objects of one type: an address, an id, a name.
struct Place {
  std::size_t binding = 0;
  const ResourceType* type = nullptr;
  std::string_view text = {};
  bool operator==(const Place&) const = default;
};

struct PlaceHash {
  std::size_t operator()(const Place& place) const {
    constexpr std::size_t kSpread = 31;
    const std::size_t type = std::hash<const void*>()(place.type) + place.binding;
    return type * kSpread + std::hash<std::string_view>()(place.text);
  }
};

/// The live objects must outlive it.
class Matcher {
 public:
  Matcher(std::string_view stack, const Live& live);

  /// The live objects that are `desired`: by the mark, or, for parts, by parent and key. More than
  /// one when a create was repeated; the one to keep first. `attributes` are those of `desired`,
  /// with the references resolved as far as possible.
  std::vector<std::size_t> find(const DesiredObject& desired, const Value& attributes) const;

  /// The live object that a lookup means. Of several that have all its attributes it is the one
  /// that its resource uses already, so that a newly published image of the same name replaces
  /// nothing; else the newest, where that is meant (with `anew`: whatever is used). Otherwise it is
  /// not clear, and all are returned.
  std::vector<std::size_t> look_up(const DesiredObject& lookup, const Value& attributes,
                                   bool anew) const;

  /// From now on the live object `index` stands at `address`, whatever its mark says.
  void take_as(std::size_t index, const std::string& address);

  /// A live object that is not ours and stands where `desired` would be created.
  std::optional<std::size_t> clash(const DesiredObject& desired, const Value& attributes) const;

 private:
  using Indexes = std::vector<std::size_t>;
  using Table = std::unordered_map<Place, Indexes, PlaceHash>;

  static const Indexes& at(const Table& table, const Place& place);
  void note(std::size_t index);
  void note_uses(const LiveObject& user, std::string_view address);
  bool is_used(const LiveObject& object, std::string_view resource) const;
  bool has_key(const LiveObject& object, const Value& attributes) const;
  Indexes fitting(const DesiredObject& lookup, const Value& attributes) const;
  Indexes distinct(Indexes found, std::string_view resource) const;
  bool is_one(const LiveObject& object, const LiveObject& other) const;
  Indexes parts(const DesiredObject& desired, const Value& attributes) const;
  void prefer(Indexes& duplicates, const Value& attributes) const;

  std::string_view stack_;
  const std::vector<BoundObject>& objects_;
  Table by_mark_;    // of this stack, by address
  Table by_parent_;  // by id of the parent
  Table by_type_;    // all
  Table strangers_;  // all that may stand in the way
  std::unordered_multimap<std::string_view, std::string_view> uses_;  // resource → id it refers to
  std::unordered_set<std::string_view> referred_;                     // the same ids
  std::deque<std::string> taken_;  // addresses that marks do not tell
};

/// The ids that the reference attributes of a live object hold.
std::vector<std::string> referred_ids(const LiveObject& object);
/// The same without those that were of use to its creation alone.
std::vector<std::string> held_ids(const LiveObject& object);

}  // namespace stackctl::engine
