#include "core/likeness.h"

#include <algorithm>
#include <string_view>
#include <tuple>

namespace stackctl {
namespace {

/// The old half of a replacement bears the same mark, or has the same key.
bool is_to_go(const Work& work, const LiveObject& object) {
  return std::ranges::find(work.known_ids, object.id) != work.known_ids.end();
}

bool has_mark(const Work& work, const LiveObject& object) {
  return object.mark && object.mark->stack == work.mark.stack &&
         object.mark->address == work.mark.address;
}

bool is_lost(const LiveObject& object) {
  return object.condition == Condition::failed || object.condition == Condition::leaving;
}

}  // namespace

bool has_key(const Work& work, const LiveObject& object) {
  const ResourceType& type = *work.type;
  if (!type.parent.empty() && !(object.attributes[type.parent] == work.desired[type.parent]))
    return false;
  return std::ranges::all_of(type.key, [&](std::string_view name) {
    const Attribute* attribute = find(type.schema, name);
    return attribute && canonical(object.attributes[name], *attribute) ==
                            canonical(work.desired[name], *attribute);
  });
}

bool is_same(const Work& work, const LiveObject& object) {
  const bool is_part = work.type->marked == Marked::parent;
  return (is_part || has_mark(work, object)) && has_key(work, object) && !is_to_go(work, object);
}

const LiveObject& youngest(const Work& work, const LiveObject& found,
                           std::span<const LiveObject> listed) {
  const LiveObject* last = &found;
  if (work.action != Action::create || work.type->marked == Marked::parent) return *last;
  for (const LiveObject& other : listed)
    if (is_same(work, other) && !is_lost(other) &&
        std::tie(last->created, last->id) < std::tie(other.created, other.id))
      last = &other;
  return *last;
}

const LiveObject* rival(const Work& work, const LiveObject& ours,
                        std::span<const LiveObject> listed) {
  if (work.action != Action::create || work.type->key_is_unique) return nullptr;
  const bool is_part = work.type->marked == Marked::parent;
  const auto is_rival = [&](const LiveObject& other) {
    return other.id != ours.id && !is_lost(other) && !is_to_go(work, other) &&
           (is_part ? has_key(work, other) : has_mark(work, other));
  };
  const auto found = std::ranges::find_if(listed, is_rival);
  return found == listed.end() ? nullptr : &*found;
}

}  // namespace stackctl
