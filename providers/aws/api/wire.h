// Attributes have the names that they have on the wire; these functions bridge what is left.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "stackctl/resource.h"
#include "stackctl/value.h"

namespace stackctl::aws {

/// The member of that name; EC2 writes names with a small first letter.
const Value& member(const Value& item, std::string_view name);

/// The items of a list as XML has it, whatever they are called there: {item: [...]}, {member: ...}.
/// A JSON list is itself.
std::span<const Value> items_of(const Value& list);

/// The members of a map; none of anything else.
const Map& members_of(const Value& map);

/// Those of `some` that are not among `others`.
List without(std::span<const Value> some, std::span<const Value> others);

/// What stands at a path of members: "instancesSet" or "Reservation/Instances". On the way, a list
/// stands for its first item.
const Value& at_path(const Value& value, std::string_view path);

/// What `wire` says of `attribute`: XML knows only texts. What cannot be read stays as it is, so
/// that it is seen.
Value decode(const Attribute& attribute, const Value& wire);

/// The object that `item` of a listing shows, without mark: the attributes of the schema by name,
/// "id" from the member `id_name`, all tags but those of AWS itself in "Tags" or, the name of what
/// has none otherwise, in "Name". What AWS leaves out
/// because it is empty is filled in; attributes that listings never show stay null.
LiveObject decode_object(const ResourceType& type, const Value& item, std::string_view id_name);

/// Calls `decode` for each well-formed item of a list; the others become faults.
void for_each_item(const ResourceType& type, const Value& items, Diagnostics& faults,
                   const std::function<void(const Value& item)>& decode);

/// Sets the cloud's own word for its state, and what it means.
void set_state(LiveObject& live, std::string_view state);

/// The declared attributes that the create call takes: all but tags, late and uncompared ones.
Map encode_declared(const ResourceType& type, const Value& desired);

/// The attributes of `names`, or, for those that are not declared, their standard values; neither
/// tags nor the mark.
Map encode_these(const ResourceType& type, const Value& desired,
                 const std::vector<std::string>& names);

/// Calls a parameter as the action has it: "Name", "SubnetIds.SubnetIdentifier".
void rename(Map& parameters, const std::string& from, std::string to);

/// {name: "v"} as EC2's filters have it: [{Name: name, Value: [v]}].
Value filters(const Map& wanted);

/// As AWS keeps it: "10.0.0.0/8" of "10.0.0.1/8".
Value canonical_block(const Value& value);
/// A JSON document, however it is spaced and ordered.
Value canonical_document(const Value& value);
/// "eu-west-1a" is the zone "a".
bool is_zone(const Value& desired, const Value& live);

/// Tags as all types have them.
Attribute tags();
/// The name of what AWS itself knows by id only: kept in a tag.
Attribute name_tag();
/// The name of what AWS knows by name: it stays.
Attribute fixed_name(std::string_view attribute, std::string_view help);
bool is_named_by_tag(const ResourceType& type);

}  // namespace stackctl::aws
