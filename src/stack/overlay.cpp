#include "stack/overlay.h"

#include <unordered_map>
#include <utility>
#include <vector>

namespace stackctl::stack {
namespace {

using Index = std::unordered_map<std::string_view, Entry*>;

Index index_of(Node& map) {
  Index result;
  for (Entry& entry : map.entries) result.emplace(entry.key, &entry);
  return result;
}

/// Lays `over` on the entry of the same key; false when it removes it.
bool lay(Entry& base, Entry& over) {
  if (over.value.is_null()) return false;
  if (base.value.is_map() && over.value.is_map())
    base.value = overlay(std::move(base.value), std::move(over.value));
  else
    base = std::move(over);
  return true;
}

}  // namespace

Node overlay(Node base, Node over) {
  if (!base.is_map() || !over.is_map()) return over;
  Index known = index_of(base);
  std::vector<bool> is_removed(base.entries.size(), false);
  std::vector<Entry> added;
  for (Entry& entry : over.entries) {
    const auto found = known.find(entry.key);
    if (found == known.end()) {
      added.push_back(std::move(entry));
      continue;
    }
    const auto position = static_cast<std::size_t>(found->second - base.entries.data());
    is_removed[position] = !lay(*found->second, entry);
  }
  Node result{
      .place = base.place, .shape = Node::Shape::map, .text = {}, .items = {}, .entries = {}};
  for (std::size_t i = 0; i < base.entries.size(); ++i)
    if (!is_removed[i]) result.entries.push_back(std::move(base.entries[i]));
  for (Entry& entry : added) result.entries.push_back(std::move(entry));
  return result;
}

}  // namespace stackctl::stack
