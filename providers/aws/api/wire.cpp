#include "wire.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>

#include "stackctl/json.h"
#include "stackctl/shape.h"
#include "stackctl/text.h"
#include "tagging.h"

namespace stackctl::aws {
namespace {

constexpr std::string_view kTags = "Tags";
constexpr std::string_view kName = "Name";
constexpr std::string_view kAwsOwn = "aws:";

template <class Number>
Value number_in(const Value& wire) {
  const std::string* const text = wire.text();
  if (text == nullptr) return wire;
  Number number{};
  const char* const end = text->data() + text->size();
  const auto [stop, fault] = std::from_chars(text->data(), end, number);
  return fault == std::errc{} && stop == end ? Value(number) : wire;
}

Value boolean_in(const Value& wire) {
  const std::string* const text = wire.text();
  if (text == nullptr) return wire;
  const std::string lower = to_lower(*text);
  if (lower != "true" && lower != "false") return wire;
  return lower == "true";
}

Value decode_members(const Attribute& object, const Value& wire) {
  if (wire.map() == nullptr) return {};
  Map out;
  for (const Attribute& inner : object.members) {
    Value decoded = decode(inner, member(wire, inner.name));
    if (!decoded.is_null()) out.emplace(std::string(inner.name), std::move(decoded));
  }
  return out;
}

Value decode_items(const Attribute& attribute, const Value& wire) {
  List out;
  for (const Value& item : items_of(wire))
    out.push_back(attribute.members.empty() ? item : decode(attribute.members.front(), item));
  return out;
}

/// Tags come as a list of {Key, Value} under several names.
Value tags_in(const Value& item) {
  Map tags;
  for (const char* const name : {"tagSet", "Tags", "TagList", "tags"})
    for (const Value& tag : items_of(item[name])) {
      const std::string_view key = member(tag, "Key").text() == nullptr
                                       ? std::string_view()
                                       : std::string_view(*member(tag, "Key").text());
      if (key.empty() || key.starts_with(kAwsOwn)) continue;
      const Value& value = member(tag, "Value");
      tags.insert_or_assign(std::string(key), value.is_null() ? Value("") : value);
    }
  return tags;
}

/// What AWS knows no name for has it in the tag "Name".
void move_name(const ResourceType& type, Map& attributes) {
  if (!is_named_by_tag(type)) return;
  const auto tags = attributes.find(kTags);
  if (tags == attributes.end() || tags->second.map() == nullptr) return;
  Map& own = *tags->second.map();
  const auto name = own.find(kName);
  if (name == own.end()) return;
  attributes.insert_or_assign(std::string(kName), std::move(name->second));
  own.erase(name);
}

/// What an absent attribute means in a listing.
Value when_absent(const Attribute& attribute) {
  if (attribute.is_unlisted || attribute.is_output) return {};
  if (!attribute.standard.is_null()) return attribute.standard;
  if (attribute.type == stackctl::Type::list || attribute.type == stackctl::Type::set)
    return List{};
  return {};
}

/// An empty element says that there is nothing.
bool is_residue(const Attribute& attribute, const Value& wire) {
  return attribute.type != stackctl::Type::text && wire.text() != nullptr && wire.text()->empty();
}

struct StateRow {
  std::string_view word;
  Condition condition;
};
// New states appear without notice: those not listed here count as ready.
constexpr std::array kStates = {
    StateRow{"pending", Condition::pending},
    StateRow{"associating", Condition::pending},
    StateRow{"creating", Condition::pending},
    StateRow{"provisioning", Condition::pending},
    StateRow{"modifying", Condition::pending},
    StateRow{"backing-up", Condition::pending},
    StateRow{"configuring-enhanced-monitoring", Condition::pending},
    StateRow{"configuring-log-exports", Condition::pending},
    StateRow{"maintenance", Condition::pending},
    StateRow{"rebooting", Condition::pending},
    StateRow{"rebooting cluster nodes", Condition::pending},
    StateRow{"renaming", Condition::pending},
    StateRow{"resetting-master-credentials", Condition::pending},
    StateRow{"snapshotting", Condition::pending},
    StateRow{"starting", Condition::pending},
    StateRow{"stopping", Condition::pending},
    StateRow{"upgrading", Condition::pending},
    StateRow{"failed", Condition::failed},
    StateRow{"error", Condition::failed},
    StateRow{"create-failed", Condition::failed},
    StateRow{"incompatible-parameters", Condition::failed},
    StateRow{"incompatible-network", Condition::failed},
    StateRow{"deleting", Condition::leaving},
    StateRow{"disassociating", Condition::leaving},
    StateRow{"shutting-down", Condition::leaving},
    StateRow{"delete in progress", Condition::leaving},
};

/// A name that is given with the create call for good is no tag.
bool is_tag(const Attribute& attribute) {
  return attribute.name == kTags ||
         (attribute.name == kName && attribute.is_name && !attribute.is_immutable);
}

constexpr unsigned kByte = 8;  // bits

void clear_behind(unsigned length, std::span<unsigned char> bytes) {
  constexpr unsigned ones = 0xff;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const std::size_t kept =
        std::min<std::size_t>(kByte, length - std::min<std::size_t>(length, i * kByte));
    bytes[i] &= static_cast<unsigned char>(ones << (kByte - kept));
  }
}

bool is_for_create(const Attribute& attribute) {
  return !is_tag(attribute) && !attribute.is_late && !attribute.is_uncompared &&
         !attribute.is_output;
}

}  // namespace

const Value& member(const Value& item, std::string_view name) {
  const Value& exact = item[name];
  if (!exact.is_null() || name.empty() || name.front() < 'A' || name.front() > 'Z') return exact;
  std::string small(name);
  small.front() = static_cast<char>(small.front() - 'A' + 'a');
  return item[small];
}

std::span<const Value> items_of(const Value& list) {
  if (list.list() != nullptr) return list.items();
  if (list.map() == nullptr || list.map()->size() != 1) return {};
  const Value& elements = list.map()->begin()->second;
  if (elements.list() != nullptr) return elements.items();
  return {&elements, 1};
}

const Map& members_of(const Value& map) {
  static const Map none;
  return map.map() == nullptr ? none : *map.map();
}

List without(std::span<const Value> some, std::span<const Value> others) {
  List out;
  for (const Value& item : some)
    if (std::ranges::find(others, item) == others.end()) out.push_back(item);
  return out;
}

const Value& at_path(const Value& value, std::string_view path) {
  const Value* at = &value;
  while (!path.empty()) {
    if (!at->items().empty()) at = &at->items().front();
    const std::string_view name = path.substr(0, path.find('/'));
    at = &member(*at, name);
    path.remove_prefix(std::min(path.size(), name.size() + 1));
  }
  return *at;
}

Value decode(const Attribute& attribute, const Value& wire) {
  if (wire.is_null() || is_residue(attribute, wire)) return {};
  switch (attribute.type) {
    case stackctl::Type::integer:
    case stackctl::Type::duration:
      return number_in<std::int64_t>(wire);
    case stackctl::Type::number:
      return number_in<double>(wire);
    case stackctl::Type::boolean:
      return boolean_in(wire);
    case stackctl::Type::object:
      return decode_members(attribute, wire);
    case stackctl::Type::list:
    case stackctl::Type::set:
      return decode_items(attribute, wire);
    default:
      return wire;
  }
}

LiveObject decode_object(const ResourceType& type, const Value& item, std::string_view id_name) {
  LiveObject live;
  live.type = &type;
  const Value& id = member(item, id_name);
  if (id.text() != nullptr) live.id = *id.text();
  Map attributes{{"id", live.id}};
  for (const Attribute& attribute : type.schema) {
    if (attribute.name == "id") continue;
    Value value =
        attribute.name == kTags ? tags_in(item) : decode(attribute, member(item, attribute.name));
    if (value.is_null()) value = when_absent(attribute);
    if (!value.is_null())
      attributes.insert_or_assign(std::string(attribute.name), std::move(value));
  }
  move_name(type, attributes);
  live.attributes = std::move(attributes);
  take_mark(live);
  // Somebody may have taken the tag away.
  if (live.mark && is_named_by_tag(type))
    live.attributes.map()->try_emplace(std::string(kName), "");
  return live;
}

void for_each_item(const ResourceType& type, const Value& items, Diagnostics& faults,
                   const std::function<void(const Value& item)>& decode_item) {
  for (const Value& item : items.items()) {
    if (item.map() != nullptr) {
      decode_item(item);
      continue;
    }
    // It could be one of the stack's, which would be made again.
    faults.push_back(error("an item in the list of " + std::string(type.name) + " is no object"));
    if (type.marked == Marked::never) faults.back().severity = Severity::warning;
  }
}

void set_state(LiveObject& live, std::string_view state) {
  live.state = state;
  const auto row = std::ranges::find(kStates, state, &StateRow::word);
  live.condition = row == kStates.end() ? Condition::ready : row->condition;
}

Map encode_declared(const ResourceType& type, const Value& desired) {
  Map out;
  for (const Attribute& attribute : type.schema)
    if (const Value& value = desired[attribute.name]; is_for_create(attribute) && !value.is_null())
      out.emplace(std::string(attribute.name), value);
  return out;
}

Map encode_these(const ResourceType& type, const Value& desired,
                 const std::vector<std::string>& names) {
  Map out;
  for (const std::string& name : names) {
    const Attribute* const attribute = find(type.schema, name);
    if (attribute == nullptr || is_tag(*attribute)) continue;
    const Value& declared = desired[name];
    const Value& value = declared.is_null() ? attribute->standard : declared;
    if (!value.is_null()) out.emplace(name, value);
  }
  return out;
}

void rename(Map& parameters, const std::string& from, std::string to) {
  const auto parameter = parameters.find(from);
  if (parameter == parameters.end()) return;
  Value value = std::move(parameter->second);
  parameters.erase(parameter);
  parameters.emplace(std::move(to), std::move(value));
}

Value filters(const Map& wanted) {
  List out;
  for (const auto& [name, value] : wanted) {
    List values(value.items().begin(), value.items().end());
    if (value.list() == nullptr) values.push_back(value);
    out.emplace_back(Map{{"Name", name}, {"Value", std::move(values)}});
  }
  return out;
}

Value canonical_block(const Value& value) {
  const std::string* const text = value.text();
  if (text == nullptr) return value;
  const std::size_t slash = text->find('/');
  const std::string address = text->substr(0, slash);
  const int family = address.find(':') == std::string::npos ? AF_INET : AF_INET6;
  std::array<unsigned char, sizeof(in6_addr)> bytes{};
  if (::inet_pton(family, address.c_str(), bytes.data()) != 1) return lower_case(value);
  unsigned length = kByte * (family == AF_INET ? sizeof(in_addr) : sizeof(in6_addr));
  const unsigned longest = length;
  if (slash != std::string::npos)
    std::from_chars(text->data() + slash + 1, text->data() + text->size(), length);
  if (length > longest) return value;
  clear_behind(length, bytes);
  std::array<char, INET6_ADDRSTRLEN> printed{};
  ::inet_ntop(family, bytes.data(), printed.data(), printed.size());
  return std::string(printed.data()) + '/' + std::to_string(length);
}

Value canonical_document(const Value& value) {
  if (value.text() == nullptr) return value;
  const Result<Value> parsed = json::parse(*value.text());
  return parsed ? Value(json::write(*parsed)) : value;
}

bool is_zone(const Value& desired, const Value& live) {
  const std::string* const wanted = desired.text();
  return wanted != nullptr && wanted->size() == 1 && live.text() != nullptr &&
         live.text()->ends_with(*wanted);
}

bool is_named_by_tag(const ResourceType& type) {
  const Attribute* const name = find(type.schema, kName);
  return name != nullptr && is_tag(*name);
}

Attribute name_tag() {
  return text(kName, "What it is called: AWS shows the tag of that name")
      .required()
      .physical_name();
}

Attribute fixed_name(std::string_view attribute, std::string_view help) {
  return text(attribute, help).required().physical_name().replaces();
}

Attribute tags() {
  return map_of(kTags, text("value", "Value of the tag"), "Names and values").otherwise(Map{});
}

}  // namespace stackctl::aws
