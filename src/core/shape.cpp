#include "stackctl/shape.h"

#include <algorithm>
#include <set>
#include <string>

#include "stackctl/text.h"

namespace stackctl {
namespace {

constexpr std::size_t kLongestIdentity = 255;
constexpr std::size_t kShownId = 64;

/// Those of parts have several steps.
bool is_usable(std::string_view id) {
  const std::vector<std::string> steps = split(id, '/');
  return std::ranges::all_of(steps, [](const std::string& step) { return is_identity(step); });
}

bool is_scalar(Type type, const Value& value) {
  switch (type) {
    case Type::text:
      return value.revealed() != nullptr;
    case Type::integer:
    case Type::duration:
      return value.integer() != nullptr;
    case Type::number:
      return value.integer() != nullptr || value.number() != nullptr;
    case Type::boolean:
      return value.boolean() != nullptr;
    default:
      return true;
  }
}

bool has_shape(const Attribute& attribute, const Value& value);

bool have_shape(const Attribute& element, const Value& items) {
  return std::ranges::all_of(items.items(), [&](const Value& item) {
    return !item.is_null() && has_shape(element, item);
  });
}

bool members_have_shape(const Attribute& object, const Value& members) {
  return std::ranges::all_of(object.members, [&](const Attribute& member) {
    return has_shape(member, members[member.name]);
  });
}

bool is_map_of(const Attribute& map, const Value& value) {
  if (value.map() == nullptr) return false;
  return map.members.empty() || std::ranges::all_of(*value.map(), [&](const auto& entry) {
           return has_shape(map.members.front(), entry.second);
         });
}

/// Null has every shape: the cloud leaves out what is empty.
bool has_shape(const Attribute& attribute, const Value& value) {
  if (value.is_null()) return true;
  switch (attribute.type) {
    case Type::reference:
      return value.text() != nullptr && is_usable(*value.text());
    case Type::list:
    case Type::set:
      return value.list() != nullptr &&
             (attribute.members.empty() || have_shape(attribute.members.front(), value));
    case Type::map:
      return is_map_of(attribute, value);
    case Type::object:
      return value.map() != nullptr && members_have_shape(attribute, value);
    default:
      return is_scalar(attribute.type, value);
  }
}

/// What every object has as long as it lives.
bool is_lacking(const Attribute& attribute, const Value& value) {
  const bool may_be_absent = attribute.is_unlisted || attribute.is_write_only ||
                             attribute.is_late || attribute.is_uncompared || attribute.is_output;
  return value.is_null() && attribute.is_required && !may_be_absent;
}

bool is_carrier(const ResourceType& type, const Attribute& attribute) {
  return type.marked == Marked::description ? attribute.name == "description"
                                            : attribute.type == Type::map;
}

/// The first attribute that is not as it should be, or null.
const Attribute* misshapen(const ResourceType& type, const LiveObject& object) {
  const auto found = std::ranges::find_if(type.schema, [&](const Attribute& attribute) {
    if (attribute.name == "id") return false;
    const Value& value = object.attributes[attribute.name];
    if (!object.mark) return is_carrier(type, attribute) && !has_shape(attribute, value);
    return !has_shape(attribute, value) || is_lacking(attribute, value);
  });
  return found == type.schema.end() ? nullptr : &*found;
}

std::string named(const ResourceType& type, std::string_view id) {
  return std::string(type.name) + " '" + std::string(id.substr(0, kShownId)) + "'";
}

}  // namespace

bool is_identity(std::string_view id) {
  constexpr unsigned char first_printable = 0x20;
  constexpr unsigned char delete_character = 0x7f;
  const bool is_plain = std::ranges::all_of(id, [](char c) {
    const auto code = static_cast<unsigned char>(c);
    return code >= first_printable && code != delete_character && c != '/';
  });
  return is_plain && !id.empty() && id.size() <= kLongestIdentity && id != "." && id != "..";
}

void check_shapes(const ResourceType& type, std::vector<LiveObject>& objects, Diagnostics& faults) {
  std::set<std::string, std::less<>> seen;
  const auto is_bad = [&](const LiveObject& object) {
    if (!is_usable(object.id)) {
      faults.push_back(error(named(type, object.id) + ": the id cannot be used in a path"));
      if (!object.mark) faults.back().severity = Severity::warning;
      return true;
    }
    if (seen.insert(object.id).second) return false;
    faults.push_back(error(named(type, object.id) + " is listed twice"));
    if (type.marked == Marked::never) faults.back().severity = Severity::warning;
    return true;
  };
  std::erase_if(objects, is_bad);
  for (const LiveObject& object : objects) {
    const Attribute* const attribute = misshapen(type, object);
    if (attribute == nullptr) continue;
    faults.push_back(error(named(type, object.id) + ": '" + std::string(attribute->name) +
                           "' is not what the cloud should say"));
    faults.back().detail = "it is " + display(object.attributes[attribute->name]).substr(0, 200);
  }
}

}  // namespace stackctl
