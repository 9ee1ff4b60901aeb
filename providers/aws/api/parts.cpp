#include "parts.h"

#include <algorithm>

#include "wire.h"

namespace stackctl::aws {

const LiveObject* find_id(std::span<const LiveObject> objects, std::string_view id) {
  const auto found = std::ranges::find(objects, id, &LiveObject::id);
  return found == objects.end() ? nullptr : &*found;
}

std::string short_name_of(std::span<const LiveObject> objects, std::string_view id) {
  const LiveObject* const object = find_id(objects, id);
  if (object == nullptr || !object->mark) return std::string(id);
  const std::string& address = object->mark->address;
  return address.substr(address.find('/') + 1);
}

void for_each_part(const ResourceType& type, const Value& items, std::string_view id_name,
                   std::string_view list, std::span<const LiveObject> parents, Diagnostics& faults,
                   const std::function<void(const Value& part, const LiveObject& parent)>& decode) {
  for (const Value& item : items.items()) {
    const Value& id = member(item, id_name);
    const LiveObject* const parent = id.text() == nullptr ? nullptr : find_id(parents, *id.text());
    if (parent == nullptr) continue;
    const std::span<const Value> parts = items_of(member(item, list));
    for_each_item(type, List(parts.begin(), parts.end()), faults,
                  [&](const Value& part) { decode(part, *parent); });
  }
}

void take_mark_of(LiveObject& part, const LiveObject& parent, std::string_view name) {
  if (!parent.mark) return;
  part.mark = parent.mark;
  part.mark->address.append("/").append(name);
}

}  // namespace stackctl::aws
