#include "engine/sight.h"

#include <algorithm>
#include <utility>

namespace stackctl::engine {
namespace {

std::string_view family_name(const ResourceType& type, const LiveObject& object) {
  if (type.marked == Marked::parent) return object.attributes.text_at(type.parent);
  return object.mark ? std::string_view(object.mark->address) : std::string_view();
}

}  // namespace

Sight::Sight(const ResourceType& type, std::vector<LiveObject> objects,
             const std::vector<Sought>& sought)
    : objects_(std::move(objects)) {
  for (const Sought& each : sought) {
    if (!each.id.empty()) by_id_.emplace(each.id, nullptr);
    if (!each.family.empty()) families_.try_emplace(each.family);
  }
  for (const LiveObject& object : objects_) {
    if (const auto found = by_id_.find(object.id); found != by_id_.end() && !found->second)
      found->second = &object;
    if (object.is_unclaimed) unclaimed_.push_back(&object);
    const std::string_view name = family_name(type, object);
    if (name.empty()) continue;
    if (const auto family = families_.find(name); family != families_.end())
      family->second.members.push_back(&object);
  }
}

const LiveObject* Sight::find(const Sought& sought) {
  if (!sought.id.empty()) return by_id_.at(sought.id);
  if (sought.family.empty()) {
    const auto found = std::ranges::find_if(objects_, sought.is_it);
    return found == objects_.end() ? nullptr : &*found;
  }
  const auto is_it = [&](const LiveObject* object) { return sought.is_it(*object); };
  for (const auto* const candidates : {&families_.at(sought.family).members, &unclaimed_})
    if (const auto found = std::ranges::find_if(*candidates, is_it); found != candidates->end())
      return *found;
  return nullptr;
}

std::span<const LiveObject> Sight::family_of(const Sought& sought) {
  if (sought.family.empty()) return objects_;
  Family& family = families_.at(sought.family);
  if (family.members.empty()) return {};
  if (family.members.size() == 1) return {family.members.front(), 1};
  if (family.copies.empty())
    for (const LiveObject* const member : family.members) family.copies.push_back(*member);
  return family.copies;
}

}  // namespace stackctl::engine
