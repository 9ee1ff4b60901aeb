#include "wire.h"

#include "stackctl/crypto.h"
#include "stackctl/http.h"
#include "stackctl/shape.h"
#include "stackctl/text.h"

namespace stackctl::exoscale {
namespace {

constexpr std::string_view kUserData = "user-data";
constexpr std::size_t kShownName = 64;

/// SSH keys are known by name, everything else by id.
std::string identity_of(const Attribute& reference) {
  return reference.target == "exoscale.ssh_key" ? "name" : "id";
}

bool is_collection(Type type) { return type == Type::list || type == Type::set; }

Value encode_items(const Attribute& element, const Value& items) {
  List out;
  for (const Value& item : items.items()) out.push_back(encode(element, item));
  return out;
}

Value decode(const Attribute& attribute, const Value& wire);

Value decode_items(const Attribute& element, const Value& items) {
  if (items.list() == nullptr) return items;
  List out;
  for (const Value& item : items.items()) out.push_back(decode(element, item));
  return out;
}

Value decode_members(const Attribute& object, const Value& wire) {
  Map out;
  for (const Attribute& member : object.members) {
    Value decoded = decode(member, wire[member.name]);
    const bool is_residue = decoded.text() != nullptr && decoded.text()->empty();
    if (!decoded.is_null() && !is_residue)
      out.emplace(std::string(member.name), std::move(decoded));
  }
  return out;
}

Value decode_user_data(const Value& wire) {
  const std::string* encoded = wire.text();
  if (encoded == nullptr) return {};
  // What is not base64 cannot be what we sent; it is shown to differ.
  return Secret{crypto::base64_decode(*encoded).value_or(*encoded)};
}

Value decode(const Attribute& attribute, const Value& wire) {
  if (wire.is_null()) return {};
  if (attribute.name == kUserData) return decode_user_data(wire);
  if (attribute.type == Type::reference)
    return wire.map() == nullptr ? wire : wire[identity_of(attribute)];
  if (is_collection(attribute.type))
    return attribute.members.empty() ? wire : decode_items(attribute.members.front(), wire);
  if (attribute.type == Type::object)
    return wire.map() == nullptr ? wire : decode_members(attribute, wire);
  return wire;
}

/// What an absent attribute means in a listing.
Value when_absent(const Attribute& attribute) {
  if (attribute.is_unlisted || attribute.is_output) return {};
  if (!attribute.standard.is_null()) return attribute.standard;
  if (is_collection(attribute.type)) return List{};
  if (attribute.type == Type::map) return Map{};
  return {};
}

Condition condition_of(std::string_view state) {
  struct Row {
    std::string_view state;
    Condition condition;
  };
  // New states appear without notice: those not listed here count as ready.
  static constexpr Row rows[] = {
      {"creating", Condition::pending},
      {"starting", Condition::pending},
      {"stopping", Condition::pending},
      {"scaling-up", Condition::pending},
      {"scaling-down", Condition::pending},
      {"updating", Condition::pending},
      {"scaling", Condition::pending},
      {"upgrading", Condition::pending},
      {"rebuilding", Condition::pending},
      {"rebalancing", Condition::pending},
      {"resuming", Condition::pending},
      {"suspending", Condition::pending},
      {"attaching", Condition::pending},
      {"detaching", Condition::pending},
      {"snapshotting", Condition::pending},
      {"promoting", Condition::pending},
      {"error", Condition::failed},
      {"destroying", Condition::leaving},
      {"destroyed", Condition::leaving},
      {"expunging", Condition::leaving},
      {"deleting", Condition::leaving},
      {"deleted", Condition::leaving},
      {"partially-destroyed", Condition::leaving},
  };
  for (const Row& row : rows)
    if (row.state == state) return row.condition;
  return Condition::ready;
}

/// Of an item that cannot be asked for.
std::string fault_of(const std::string& identity, std::string_view name) {
  if (name.empty()) return "no " + identity;
  return "the " + identity + " " + display(Value(name.substr(0, kShownName))) +
         ", which cannot stand in a path";
}

}  // namespace

Value encode(const Attribute& attribute, const Value& value) {
  if (value.is_null()) return {};
  if (attribute.name == kUserData)
    return value.revealed() == nullptr ? value : Value(crypto::base64(*value.revealed()));
  if (attribute.type == Type::reference) return Map{{identity_of(attribute), value}};
  if (is_collection(attribute.type)) return encode_items(attribute.members.front(), value);
  if (attribute.type != Type::object) return value;
  Map out;
  for (const Attribute& member : attribute.members)
    if (Value encoded = encode(member, value[member.name]); !encoded.is_null())
      out.emplace(std::string(member.name), std::move(encoded));
  return out;
}

Map encode_declared(const ResourceType& type, const Value& desired) {
  Map out;
  for (const Attribute& attribute : type.schema) {
    if (attribute.is_output || attribute.is_late || attribute.is_uncompared) continue;
    if (attribute.name == type.parent) continue;
    if (Value encoded = encode(attribute, desired[attribute.name]); !encoded.is_null())
      out.emplace(std::string(attribute.name), std::move(encoded));
  }
  return out;
}

Map encode_these(const ResourceType& type, const Value& desired,
                 const std::vector<std::string>& names) {
  Map out;
  for (const std::string& name : names) {
    const Attribute* attribute = find(type.schema, name);
    if (attribute == nullptr) continue;
    const Value& declared = desired[name];
    Value encoded = encode(*attribute, declared.is_null() ? attribute->standard : declared);
    if (!encoded.is_null()) out.emplace(name, std::move(encoded));
  }
  return out;
}

LiveObject decode_object(const ResourceType& type, const Value& item) {
  LiveObject live;
  live.type = &type;
  live.id = item.text_at("id");
  live.state = item.text_at("state");
  live.condition = condition_of(live.state);
  live.created = item.text_at("created-at");
  Map attributes;
  for (const Attribute& attribute : type.schema) {
    Value value = decode(attribute, item[attribute.name]);
    if (value.is_null()) value = when_absent(attribute);
    if (!value.is_null()) attributes.emplace(std::string(attribute.name), std::move(value));
  }
  live.attributes = std::move(attributes);
  return live;
}

void for_each_item(const ResourceType& type, const Value& items, Diagnostics& faults,
                   const std::function<void(const Value& item)>& decode_item) {
  const std::string identity = type.marked == Marked::name ? "name" : "id";
  // It could be one of the stack's, which would be made again.
  const auto tell = [&](const std::string& what, bool could_be_ours) {
    faults.push_back(error(what));
    if (!could_be_ours) faults.back().severity = Severity::warning;
  };
  const bool is_made = type.marked != Marked::never;
  const std::string item_has = "an item in the list of " + std::string(type.name) + " has ";
  if (!items.is_null() && items.list() == nullptr)
    tell("the list of " + std::string(type.name) + " is no list", is_made);
  for (const Value& item : items.items()) {
    const std::string_view name = item.text_at(identity);
    if (is_identity(name))
      decode_item(item);
    else  // A name is whatever somebody chose, but the stack chooses none like this.
      tell(item_has + fault_of(identity, name), is_made && (name.empty() || identity == "id"));
  }
}

std::vector<LiveObject> decode_parts(
    const ResourceType& type, const Value& items, std::string_view key,
    const std::vector<LiveObject>& parents, Diagnostics& faults,
    const std::function<void(LiveObject& part, const Value& item, const LiveObject& parent)>&
        complete) {
  std::vector<LiveObject> parts;
  auto parent = parents.begin();
  for (const Value& item : items.items()) {
    // Malformed items have no parent; they are told with the parents.
    if (parent == parents.end() || parent->id != item.text_at("id")) continue;
    for_each_item(type, item[key], faults, [&](const Value& listed) {
      LiveObject& part = parts.emplace_back(decode_object(type, listed));
      part.id = parent->id + '/' + part.id;
      part.attributes.map()->insert_or_assign("id", part.id);
      part.attributes.map()->insert_or_assign(std::string(type.parent), parent->id);
      complete(part, listed, *parent);
    });
    ++parent;
  }
  return parts;
}

Value plain_text(const Value& value) {
  return value.secret() == nullptr ? value : Value(value.secret()->text);
}

Value full_block(const Value& value) {
  if (!check::address(value).empty()) return lower_case(value);
  const bool is_ipv6 = value.text()->find(':') != std::string::npos;
  return to_lower(*value.text()) + (is_ipv6 ? "/128" : "/32");
}

Attribute user_data() {
  return text(kUserData, "What cloud-init does at the first boot").normalise(plain_text);
}

std::string path_to(std::string_view collection, std::string_view id,
                    std::string_view part_collection) {
  const std::size_t slash = id.find('/');
  std::string path = std::string(collection) + '/' + http::encode(id.substr(0, slash));
  if (slash != std::string_view::npos)
    path.append(part_collection) += '/' + http::encode(id.substr(slash + 1));
  return path;
}

}  // namespace stackctl::exoscale
