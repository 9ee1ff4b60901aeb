// Which live object is the one that the stack file means.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <unordered_set>
#include <utility>
#include <vector>

#include "engine/desired.h"
#include "engine/live.h"

namespace stackctl::engine {

class Matcher {
 public:
  Matcher(std::string_view stack, const Live& live);

  /// The live objects that are `desired`: by the mark, or, for parts, by parent and key. More than
  /// one when a create was repeated; the one to keep first. `attributes` are those of `desired`,
  /// with the references resolved as far as possible.
  std::vector<std::size_t> find(const DesiredObject& desired, const Value& attributes) const;

  /// The live object that a lookup means. Of several that have all its attributes it is the one
  /// that its resource uses already (unless `anew`), so that a newly published image of the same
  /// name replaces nothing; else the newest.
  std::optional<std::size_t> look_up(const DesiredObject& lookup, const Value& attributes,
                                     bool anew) const;

  /// A live object that is not ours and stands where `desired` would be created.
  std::optional<std::size_t> clash(const DesiredObject& desired, const Value& attributes) const;

 private:
  using Place = std::tuple<std::size_t, const ResourceType*, std::string>;

  void note_uses(const LiveObject& user, std::unordered_set<std::string>& referred);
  bool has_key(const LiveObject& object, const Value& attributes) const;
  std::vector<std::size_t> parts(const DesiredObject& desired, const Value& attributes) const;
  void prefer(std::vector<std::size_t>& duplicates, const Value& attributes) const;

  std::string_view stack_;
  const std::vector<BoundObject>& objects_;
  std::multimap<Place, std::size_t> by_mark_;    // of this stack: binding, type, address
  std::multimap<Place, std::size_t> by_parent_;  // binding, type, id of the parent
  std::multimap<Place, std::size_t> by_type_;    // binding, type, ""
  std::vector<bool> in_use_;                     // whether one of the stack's objects refers to it
  std::set<std::pair<std::string, std::string>> uses_;  // resource, id that it refers to
};

/// The ids that the reference attributes of a live object hold.
std::vector<std::string> referred_ids(const LiveObject& object);

}  // namespace stackctl::engine
