#include "engine/match.h"

#include <algorithm>
#include <tuple>

#include "engine/diff.h"
#include "stackctl/address.h"

namespace stackctl::engine {
namespace {

void collect_ids(const Attribute& attribute, const Value& value, std::vector<std::string>& ids) {
  if (attribute.type == Type::reference) {
    if (value.text()) ids.push_back(*value.text());
    return;
  }
  if (attribute.type == Type::object) {
    for (const Attribute& member : attribute.members) collect_ids(member, value[member.name], ids);
    return;
  }
  if (attribute.members.empty()) return;
  for (const Value& item : value.items()) collect_ids(attribute.members.front(), item, ids);
}

bool forces_replacement(const LiveObject& live, const Value& attributes) {
  return std::ranges::any_of(diff(*live.type, attributes, live, {}), &Change::forces_replacement);
}

}  // namespace

std::vector<std::string> referred_ids(const LiveObject& object) {
  std::vector<std::string> ids;
  for (const Attribute& attribute : object.type->schema)
    collect_ids(attribute, object.attributes[attribute.name], ids);
  return ids;
}

Matcher::Matcher(std::string_view stack, const Live& live)
    : stack_(stack), objects_(live.objects), in_use_(live.objects.size()) {
  std::unordered_set<std::string> referred;
  for (std::size_t i = 0; i < objects_.size(); ++i) {
    const auto& [object, binding] = objects_[i];
    by_type_.emplace(Place{binding, object.type, ""}, i);
    if (!object.type->parent.empty()) {
      const std::string_view parent = object.attributes.text_at(object.type->parent);
      by_parent_.emplace(Place{binding, object.type, std::string(parent)}, i);
    } else if (owned_by(object, stack)) {
      by_mark_.emplace(Place{binding, object.type, object.mark->address}, i);
    }
    if (owned_by(object, stack)) note_uses(object, referred);
  }
  for (std::size_t i = 0; i < objects_.size(); ++i)
    in_use_[i] = referred.contains(objects_[i].object.id);
}

void Matcher::note_uses(const LiveObject& user, std::unordered_set<std::string>& referred) {
  const std::string& address = user.mark->address;
  for (std::string& id : referred_ids(user)) {
    uses_.emplace(std::string(resource_of(address)), id);
    referred.insert(std::move(id));
  }
}

std::vector<std::size_t> Matcher::find(const DesiredObject& desired,
                                       const Value& attributes) const {
  if (!desired.object.type->parent.empty()) return parts(desired, attributes);
  const auto [first, last] =
      by_mark_.equal_range(Place{desired.binding, desired.object.type, desired.object.address});
  std::vector<std::size_t> found;
  for (auto entry = first; entry != last; ++entry) found.push_back(entry->second);
  if (found.size() > 1) prefer(found, attributes);
  return found;
}

std::vector<std::size_t> Matcher::parts(const DesiredObject& desired,
                                        const Value& attributes) const {
  const std::string* parent = attributes[desired.object.type->parent].text();
  if (!parent) return {};
  std::vector<std::size_t> found;
  const auto [first, last] =
      by_parent_.equal_range(Place{desired.binding, desired.object.type, *parent});
  for (auto entry = first; entry != last; ++entry)
    if (has_key(objects_[entry->second].object, attributes)) found.push_back(entry->second);
  return found;
}

bool Matcher::has_key(const LiveObject& object, const Value& attributes) const {
  return std::ranges::all_of(object.type->key, [&](std::string_view name) {
    const Attribute* attribute = stackctl::find(object.type->schema, name);
    if (!attribute) return false;
    const Value& declared = attributes[name];
    const Value& wanted = declared.is_null() ? attribute->standard : declared;
    return wanted.is_known() && same(*attribute, wanted, object.attributes[name]);
  });
}

/// The one that needs no replacement, then the one in use, then the older.
void Matcher::prefer(std::vector<std::size_t>& duplicates, const Value& attributes) const {
  const auto rank = [&](std::size_t i) {
    const LiveObject& object = objects_[i].object;
    const bool lost =
        object.condition == Condition::failed || object.condition == Condition::leaving;
    return std::tuple(lost || forces_replacement(object, attributes), !in_use_[i], object.created,
                      object.id);
  };
  std::ranges::sort(duplicates, {}, rank);
}

std::optional<std::size_t> Matcher::look_up(const DesiredObject& lookup, const Value& attributes,
                                            bool anew) const {
  const auto fits = [&](const LiveObject& object) {
    return std::ranges::all_of(lookup.object.type->schema, [&](const Attribute& attribute) {
      const Value& wanted = attributes[attribute.name];
      Attribute exact = attribute;
      exact.is_name = false;  // "-xxxx" behind it is another name here
      return wanted.is_null() || same(exact, wanted, object.attributes[attribute.name]);
    });
  };
  const auto rank = [&](const LiveObject& object) {
    return std::pair(!anew && uses_.contains({lookup.resource, object.id}), object.created);
  };
  std::optional<std::size_t> best;
  const auto [first, last] = by_type_.equal_range(Place{lookup.binding, lookup.object.type, ""});
  for (auto entry = first; entry != last; ++entry) {
    const LiveObject& object = objects_[entry->second].object;
    if (fits(object) && (!best || rank(object) > rank(objects_[*best].object)))
      best = entry->second;
  }
  return best;
}

std::optional<std::size_t> Matcher::clash(const DesiredObject& desired,
                                          const Value& attributes) const {
  const ResourceType& type = *desired.object.type;
  if (!type.parent.empty() || type.marked == Marked::never) return std::nullopt;
  const auto [first, last] = by_type_.equal_range(Place{desired.binding, &type, ""});
  for (auto entry = first; entry != last; ++entry) {
    const LiveObject& object = objects_[entry->second].object;
    const bool concerns = !object.mark || (type.key_is_unique && !owned_by(object, stack_));
    if (concerns && object.condition != Condition::leaving && has_key(object, attributes))
      return entry->second;
  }
  return std::nullopt;
}

}  // namespace stackctl::engine
