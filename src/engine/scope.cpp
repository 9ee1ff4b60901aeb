#include "engine/scope.h"

#include <algorithm>
#include <unordered_map>

#include "stackctl/schema.h"

namespace stackctl::engine {

namespace {

std::vector<std::string_view> all_listings_of(const ResourceType& type) {
  std::vector<std::string_view> names;
  std::string_view rest = type.listing;
  while (!rest.empty()) {
    const std::size_t blank = std::min(rest.find(' '), rest.size());
    names.push_back(rest.substr(0, blank));
    rest.remove_prefix(std::min(blank + 1, rest.size()));
  }
  return names;
}

bool has_details(const ResourceType& type) {
  return std::ranges::any_of(type.schema,
                             [](const Attribute& attribute) { return !attribute.listing.empty(); });
}

}  // namespace

Scope::Scope(const Bindings& bindings, const Desired& desired, Detail detail)
    : bindings_(bindings), is_whole_(desired.objects.empty()) {
  std::set<TypePlace> looked_up;
  for (const DesiredObject& object : desired.objects) {
    const TypePlace place{object.binding, object.object.type};
    used_.insert(place);
    if (object.object.is_lookup) looked_up.insert(place);
  }
  for (std::size_t binding = 0; binding < bindings.size(); ++binding)
    for (const ResourceType* type : bindings[binding].provider->types)
      if (type->marked != Marked::never || looked_up.contains({binding, type}))
        all_.emplace_back(binding, type);
  const Asked asked = asked_in(desired);
  choose_listings(is_whole_ || detail == Detail::whole ? nullptr : &asked);
}

void Scope::widen() { choose_listings(nullptr); }

/// What is declared, and what is referred to, of types that have such attributes.
Scope::Asked Scope::asked_in(const Desired& desired) const {
  Asked asked;
  const auto is_plain = [](const TypePlace& place) { return !has_details(*place.second); };
  if (std::ranges::all_of(used_, is_plain)) return asked;
  std::unordered_map<std::string_view, TypePlace> places;
  for (const DesiredObject& wanted : desired.objects)
    places.emplace(wanted.object.address, TypePlace{wanted.binding, wanted.object.type});
  const auto note_references = [&](const Value& value) {
    visit_references(value, [&](const Reference& reference) {
      const auto place = places.find(reference.target);
      if (place == places.end()) return;
      if (const Attribute* const named = find(place->second.second->schema, reference.attribute))
        asked.emplace(place->second, named->name);
    });
  };
  for (const DesiredObject& wanted : desired.objects) {
    for (const Attribute& attribute : wanted.object.type->schema)
      if (!attribute.listing.empty() && !wanted.object.attributes[attribute.name].is_null())
        asked.emplace(TypePlace{wanted.binding, wanted.object.type}, attribute.name);
    note_references(wanted.object.attributes);
  }
  for (const auto& [resource, meanings] : desired.meanings) note_references(meanings);
  return asked;
}

/// Without `asked`: all.
void Scope::choose_listings(const Asked* asked) {
  for (const TypePlace& place : all_) {
    std::vector<std::string_view> names = all_listings_of(*place.second);
    std::erase_if(names, [&](std::string_view name) {
      bool is_for_details = false;
      for (const Attribute& attribute : place.second->schema) {
        if (attribute.listing != name) continue;
        if (asked == nullptr || asked->contains({place, attribute.name})) return false;
        is_for_details = true;
      }
      return is_for_details;
    });
    listings_.insert_or_assign(place, std::move(names));
  }
}

bool Scope::is_used(const ListingKey& key) const {
  return is_whole_ || std::ranges::any_of(used_, [&](const TypePlace& place) {
           const std::vector<std::string_view>& names = listings_of(place);
           return place.first == key.first && std::ranges::find(names, key.second) != names.end();
         });
}

bool Scope::is_needed(const TypePlace& place) const {
  const std::vector<const ResourceType*> line = line_of(place);
  const auto is_used = [&](const ResourceType* type) {
    return used_.contains({place.first, type});
  };
  return is_whole_ || std::ranges::any_of(line, is_used) ||
         std::ranges::none_of(line, &ResourceType::is_counted);
}

std::vector<const ResourceType*> Scope::to_count(std::size_t binding) const {
  std::set<ListingKey> read;
  for (const TypePlace& place : all_)
    if (is_needed(place))
      for (const std::string_view name : listings_of(place)) read.emplace(place.first, name);
  std::vector<const ResourceType*> types;
  for (const TypePlace& place : all_) {
    const auto is_spared = [&](std::string_view name) { return !read.contains({binding, name}); };
    if (place.first != binding || std::ranges::none_of(listings_of(place), is_spared)) continue;
    for (const ResourceType* type : line_of(place))
      if (type->is_counted && std::ranges::find(types, type) == types.end()) types.push_back(type);
  }
  return types;
}

bool Scope::is_among(const TypePlace& place, const std::set<std::string_view>& names) const {
  return std::ranges::any_of(line_of(place),
                             [&](const ResourceType* type) { return names.contains(type->name); });
}

std::vector<const ResourceType*> Scope::line_of(const TypePlace& place) const {
  std::vector<const ResourceType*> line;
  for (const ResourceType* type = place.second; type != nullptr;
       type = parent_of(place.first, *type))
    line.push_back(type);
  return line;
}

const ResourceType* Scope::parent_of(std::size_t binding, const ResourceType& type) const {
  const Attribute* const parent = find(type.schema, type.parent);
  if (parent == nullptr) return nullptr;
  const auto& types = bindings_[binding].provider->types;
  const auto found = std::ranges::find(types, parent->target, &ResourceType::name);
  return found == types.end() || *found == &type ? nullptr : *found;
}

}  // namespace stackctl::engine
