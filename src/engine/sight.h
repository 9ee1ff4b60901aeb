// One listing, arranged for many who look for one object each.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "stackctl/resource.h"

namespace stackctl::engine {

/// What somebody looks for.
struct Sought {
  std::string id;      ///< empty: whatever `is_it` recognises
  std::string family;  ///< see `FlowOptions`
  std::function<bool(const LiveObject&)> is_it;
};

/// The objects of one type. Whoever is shown something is shown it without a look at all the
/// others.
class Sight {
 public:
  /// Points into `sought`.
  Sight(const ResourceType& type, std::vector<LiveObject> objects,
        const std::vector<Sought>& sought);
  Sight(const Sight&) = delete;
  Sight& operator=(const Sight&) = delete;

  const LiveObject* find(const Sought& sought);
  /// Those of the family, or all where it is not known.
  std::span<const LiveObject> family_of(const Sought& sought);

 private:
  struct Family {
    std::vector<const LiveObject*> members;
    std::vector<LiveObject> copies;  ///< side by side; of a family of several, once asked for
  };

  std::vector<LiveObject> objects_;
  std::unordered_map<std::string_view, const LiveObject*> by_id_;
  std::unordered_map<std::string_view, Family> families_;
  std::vector<const LiveObject*> unclaimed_;
};

}  // namespace stackctl::engine
