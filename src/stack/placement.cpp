#include "stack/placement.h"

#include <charconv>

namespace stackctl::stack {
namespace {

/// Whether `path` begins with the member `key`. Keys may have dots in them, so this cannot split.
bool begins_with(std::string_view path, std::string_view key) {
  if (key.empty() || !path.starts_with(key)) return false;
  return path.size() == key.size() || path[key.size()] == '.' || path[key.size()] == '[';
}

const Entry* longest_match(const Node& map, std::string_view path) {
  const Entry* best = nullptr;
  for (const Entry& entry : map.entries)
    if (begins_with(path, entry.key) && (best == nullptr || best->key.size() < entry.key.size()))
      best = &entry;
  return best;
}

/// Takes "[3]" from the front of `path`; npos when there is none.
std::size_t take_index(std::string_view& path) {
  std::size_t index = std::string_view::npos;
  const std::size_t close = path.find(']');
  if (!path.starts_with('[') || close == std::string_view::npos) return index;
  std::from_chars(path.data() + 1, path.data() + close, index);
  path.remove_prefix(close + 1);
  return index;
}

const Attribute* element_of(const Attribute* attribute) {
  return attribute == nullptr || attribute->members.empty() ? nullptr : &attribute->members.front();
}

/// Whether a map of this schema lets the user write `key`.
bool is_declarable(const Schema* members, std::string_view key) {
  if (members == nullptr) return true;
  const Attribute* attribute = find(*members, key);
  return attribute != nullptr && !attribute->is_output;
}

}  // namespace

Location place(const Entry& parent, const Schema& schema, std::string_view path) {
  const Entry* entry = &parent;
  const Node* node = &parent.value;
  const Schema* members = &schema;
  const Attribute* attribute = nullptr;
  bool is_at_key = true;  // nothing found yet: the parent's name
  while (!path.empty()) {
    if (path.starts_with('.')) path.remove_prefix(1);
    if (path.starts_with('[')) {
      const std::size_t index = take_index(path);
      if (index >= node->items.size()) break;
      node = &node->items[index];
      attribute = element_of(attribute);
      is_at_key = false;
    } else {
      const Entry* next = longest_match(*node, path);
      if (next == nullptr) break;
      entry = next;
      node = &entry->value;
      path.remove_prefix(entry->key.size());
      is_at_key = !is_declarable(members, entry->key) || node->is_null();
      attribute = members != nullptr ? find(*members, entry->key) : element_of(attribute);
    }
    const bool is_object = attribute != nullptr && attribute->type == Type::object;
    members = is_object ? &attribute->members : nullptr;
  }
  return is_at_key ? locate_key(*entry) : locate(*node);
}

}  // namespace stackctl::stack
