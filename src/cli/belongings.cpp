#include "cli/belongings.h"

#include <algorithm>
#include <set>
#include <string>
#include <tuple>
#include <utility>

namespace stackctl::cli {

std::vector<const LiveObject*> belongings(const engine::Live& live, std::string_view stack) {
  using Owner = std::tuple<std::size_t, std::string_view>;  // binding, id
  std::vector<const LiveObject*> ours;
  std::set<Owner> owners;
  for (const auto& [object, binding] : live.objects) {
    if (!engine::owned_by(object, stack)) continue;
    ours.push_back(&object);
    owners.emplace(binding, object.id);
  }
  for (const auto& [object, binding] : live.objects) {
    if (object.type->parent.empty() || engine::owned_by(object, stack)) continue;
    if (owners.contains({binding, object.attributes.text_at(object.type->parent)}))
      ours.push_back(&object);
  }
  std::stable_sort(ours.begin(), ours.end(), [](const LiveObject* a, const LiveObject* b) {
    return std::tuple(name_of(*a), a->type->name) < std::tuple(name_of(*b), b->type->name);
  });
  return ours;
}

std::string name_of(const LiveObject& object) {
  return object.mark ? object.mark->address : object.id;
}

}  // namespace stackctl::cli
