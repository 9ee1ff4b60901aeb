#include "engine/match.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "engine/diff.h"
#include "stackctl/address.h"

namespace stackctl::engine {
namespace {

bool may_refer(const Attribute& attribute) {
  return attribute.type == Type::reference || !attribute.members.empty();
}

template <class Take>
void visit_ids(const Attribute& attribute, const Value& value, const Take& take) {
  if (attribute.type == Type::reference) {
    if (value.text()) take(*value.text());
  } else if (attribute.type == Type::object) {
    for (const Attribute& member : attribute.members)
      if (may_refer(member)) visit_ids(member, value[member.name], take);
  } else if (may_refer(attribute)) {
    for (const Value& item : value.items()) visit_ids(attribute.members.front(), item, take);
  }
}

/// Calls `take` with each id that a reference attribute holds.
template <class Take>
void visit_ids(const LiveObject& object, const Take& take) {
  for (const Attribute& attribute : object.type->schema)
    if (may_refer(attribute)) visit_ids(attribute, object.attributes[attribute.name], take);
}

/// As `same`, but "-xxxx" behind a name makes it another name.
bool is_exactly(const Attribute& attribute, const Value& wanted, const Value& seen) {
  if (attribute.satisfies != nullptr && attribute.satisfies(wanted, seen)) return true;
  const bool is_longer = attribute.is_name && wanted.text() && seen.text() &&
                         wanted.text()->size() != seen.text()->size();
  return !is_longer && same(attribute, wanted, seen);
}

bool forces_replacement(const LiveObject& live, const Value& attributes) {
  return std::ranges::any_of(diff(*live.type, attributes, live, {}), &Change::forces_replacement);
}

}  // namespace

std::vector<std::string> referred_ids(const LiveObject& object) {
  std::vector<std::string> ids;
  visit_ids(object, [&ids](const std::string& id) { ids.push_back(id); });
  return ids;
}

std::vector<std::string> held_ids(const LiveObject& object) {
  std::vector<std::string> ids;
  const auto take = [&ids](const std::string& id) { ids.push_back(id); };
  for (const Attribute& attribute : object.type->schema)
    if (!attribute.is_uncompared) visit_ids(attribute, object.attributes[attribute.name], take);
  return ids;
}

Matcher::Matcher(std::string_view stack, const Live& live) : stack_(stack), objects_(live.objects) {
  for (std::size_t i = 0; i < objects_.size(); ++i) note(i);
}

void Matcher::note(std::size_t index) {
  const auto& [object, binding] = objects_[index];
  const ResourceType* const type = object.type;
  const bool is_ours = owned_by(object, stack_);
  by_type_[{binding, type}].push_back(index);
  if (is_ours) note_uses(object, object.mark->address);
  if (!type->parent.empty()) {
    by_parent_[{binding, type, object.attributes.text_at(type->parent)}].push_back(index);
    return;
  }
  if (is_ours) by_mark_[{binding, type, object.mark->address}].push_back(index);
  const bool is_stranger = !object.mark || (type->key_is_unique && !is_ours);
  if (is_stranger && type->marked != Marked::never) strangers_[{binding, type}].push_back(index);
}

void Matcher::note_uses(const LiveObject& user, std::string_view address) {
  visit_ids(user, [&](const std::string& id) {
    uses_.emplace(resource_of(address), id);
    referred_.insert(id);
  });
}

const Matcher::Indexes& Matcher::at(const Table& table, const Place& place) {
  static const Indexes kNone;
  const auto found = table.find(place);
  return found == table.end() ? kNone : found->second;
}

void Matcher::take_as(std::size_t index, const std::string& address) {
  const auto& [object, binding] = objects_[index];
  const std::string& known = taken_.emplace_back(address);
  by_mark_[{binding, object.type, known}].push_back(index);
  note_uses(object, known);
}

Matcher::Indexes Matcher::find(const DesiredObject& desired, const Value& attributes) const {
  if (!desired.object.type->parent.empty()) return parts(desired, attributes);
  Indexes found = at(by_mark_, {desired.binding, desired.object.type, desired.object.address});
  if (found.size() > 1) prefer(found, attributes);
  return found;
}

Matcher::Indexes Matcher::parts(const DesiredObject& desired, const Value& attributes) const {
  const std::string* parent = attributes[desired.object.type->parent].text();
  if (!parent) return {};
  Indexes found;
  for (const std::size_t i : at(by_parent_, {desired.binding, desired.object.type, *parent}))
    if (has_key(objects_[i].object, attributes)) found.push_back(i);
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
void Matcher::prefer(Indexes& duplicates, const Value& attributes) const {
  const auto rank = [&](std::size_t i) {
    const LiveObject& object = objects_[i].object;
    const bool lost =
        object.condition == Condition::failed || object.condition == Condition::leaving;
    return std::tuple(lost || forces_replacement(object, attributes),
                      !referred_.contains(object.id), object.created, object.id);
  };
  std::ranges::sort(duplicates, {}, rank);
}

bool Matcher::is_used(const LiveObject& object, std::string_view resource) const {
  const auto [first, last] = uses_.equal_range(resource);
  return std::any_of(first, last, [&](const auto& use) { return use.second == object.id; });
}

Matcher::Indexes Matcher::fitting(const DesiredObject& lookup, const Value& attributes) const {
  std::vector<std::pair<const Attribute*, const Value*>> given;
  for (const Attribute& attribute : lookup.object.type->schema)
    if (const Value& wanted = attributes[attribute.name]; !wanted.is_null())
      given.emplace_back(&attribute, &wanted);
  Indexes found;
  for (const std::size_t i : at(by_type_, {lookup.binding, lookup.object.type})) {
    const LiveObject& object = objects_[i].object;
    const bool fits = std::ranges::all_of(given, [&](const auto& one) {
      return is_exactly(*one.first, *one.second, object.attributes[one.first->name]);
    });
    if (fits) found.push_back(i);
  }
  return found;
}

Matcher::Indexes Matcher::look_up(const DesiredObject& lookup, const Value& attributes,
                                  bool anew) const {
  Indexes found = fitting(lookup, attributes);
  if (found.size() < 2) return found;
  if (!lookup.object.type->takes_newest) return distinct(std::move(found), lookup.resource);
  const auto rank = [&](std::size_t i) {
    const LiveObject& object = objects_[i].object;
    return std::pair(!anew && is_used(object, lookup.resource), std::string_view(object.created));
  };
  return {*std::ranges::max_element(found, {}, rank)};
}

/// Those that its resource uses, else those that stay; of an object that is there twice, the older.
Matcher::Indexes Matcher::distinct(Indexes found, std::string_view resource) const {
  const auto standing = [&](std::size_t i) {
    const LiveObject& object = objects_[i].object;
    return std::pair(!is_used(object, resource), object.condition == Condition::leaving);
  };
  std::ranges::stable_sort(found, {}, [&](std::size_t i) {
    return std::pair(standing(i), std::string_view(objects_[i].object.created));
  });
  Indexes kept;
  for (const std::size_t i : found) {
    if (!kept.empty() && standing(i) != standing(kept.front())) break;
    const bool is_there = std::ranges::any_of(kept, [&](std::size_t other) {
      return is_one(objects_[i].object, objects_[other].object);
    });
    if (!is_there) kept.push_back(i);
  }
  return kept;
}

/// A create of this stack that was repeated made no other object: one of them goes.
bool Matcher::is_one(const LiveObject& object, const LiveObject& other) const {
  if (object.id == other.id) return true;
  return object.type->parent.empty() && owned_by(object, stack_) && owned_by(other, stack_) &&
         object.mark->address == other.mark->address;
}

std::optional<std::size_t> Matcher::clash(const DesiredObject& desired,
                                          const Value& attributes) const {
  for (const std::size_t i : at(strangers_, {desired.binding, desired.object.type})) {
    const LiveObject& object = objects_[i].object;
    if (object.condition != Condition::leaving && has_key(object, attributes)) return i;
  }
  return std::nullopt;
}

}  // namespace stackctl::engine
