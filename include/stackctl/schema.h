// What attributes a kind or a native type has. One table drives validation, diff, the mark,
// "did you mean", `stackctl schema` and the reference pages.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "stackctl/diagnostic.h"
#include "stackctl/value.h"

namespace stackctl {

enum class Type {
  text,
  integer,
  number,
  boolean,
  duration,   ///< "10s", "5m", "1h30m" in the file; whole seconds (integer) after checking
  reference,  ///< a resource (kinds) or an object's identity (native types)
  object,     ///< fixed members
  list,       ///< order matters
  set,        ///< order does not matter
  map,        ///< free keys
  any,
};

/// Says what is wrong with `value` ("must be a CIDR block, such as 10.0.0.0/8"), or nothing.
using Check = std::string (*)(const Value& value);
/// The canonical spelling of `value`; two values are the same when their canonical forms are.
using Normalise = Value (*)(const Value& value);
/// Whether `live` is what `desired` asks for, where that leaves something open: "8.4.8" for "8.4".
using Satisfies = bool (*)(const Value& desired, const Value& live);

/// One attribute. Made by the functions below, refined by the chained setters.
struct Attribute {
  std::string_view name;
  std::string_view help;
  Type type = Type::text;
  std::vector<Attribute> members = {};  ///< of an object; of a list, set or map: one, the element
  std::vector<std::string_view> choices = {};
  std::string_view target = {};  ///< kind or native type that a reference may name
  /// The one of several listings of its type that tells it; that one is read only where a stack
  /// declares the attribute or refers to it. Empty: the listing that shows the object.
  std::string_view listing = {};
  Value standard = {};  ///< the default; null: none, so left alone when absent
  Check check_value = nullptr;
  Normalise canonical = nullptr;
  Satisfies satisfies = nullptr;  ///< beside being equal
  bool is_required = false;
  bool is_output = false;      ///< set by the cloud; never declared
  bool is_immutable = false;   ///< a difference forces replacement
  bool is_write_only = false;  ///< the cloud never tells it: compared through the mark
  bool is_unlisted = false;    ///< missing from list answers: compared through the mark
  bool is_name = false;        ///< a derived physical name; "-xxxx" behind it is the same name
  bool is_uncompared = false;  ///< steers calls, is no property: never compared
  bool is_late = false;  ///< set right after the create call; of an output: told anew by updates
  bool is_shown_once = false;  ///< an output that the cloud tells only when the object is made
  bool or_reference = false;   ///< a text that may also be a reference to `target`

  Attribute&& required() && { return is_required = true, std::move(*this); }
  Attribute&& otherwise(Value value) && { return standard = std::move(value), std::move(*this); }
  Attribute&& replaces() && { return is_immutable = true, std::move(*this); }
  Attribute&& write_only() && { return is_write_only = true, std::move(*this); }
  Attribute&& unlisted() && { return is_unlisted = true, std::move(*this); }
  Attribute&& uncompared() && { return is_uncompared = true, std::move(*this); }
  Attribute&& late() && { return is_late = true, std::move(*this); }
  Attribute&& shown_once() && { return is_shown_once = true, std::move(*this); }
  Attribute&& told_by(std::string_view list) && { return listing = list, std::move(*this); }
  Attribute&& physical_name() && { return is_name = true, std::move(*this); }
  Attribute&& one_of(std::vector<std::string_view> values) && {
    return choices = std::move(values), std::move(*this);
  }
  Attribute&& check(Check function) && { return check_value = function, std::move(*this); }
  Attribute&& normalise(Normalise function) && { return canonical = function, std::move(*this); }
  Attribute&& satisfied_by(Satisfies function) && { return satisfies = function, std::move(*this); }
  Attribute&& or_ref(std::string_view kind) && {
    return or_reference = true, target = kind, std::move(*this);
  }
};

using Schema = std::vector<Attribute>;

Attribute text(std::string_view name, std::string_view help);
Attribute integer(std::string_view name, std::string_view help);
Attribute number(std::string_view name, std::string_view help);
Attribute boolean(std::string_view name, std::string_view help);
Attribute duration(std::string_view name, std::string_view help);
Attribute ref(std::string_view name, std::string_view target, std::string_view help);
Attribute object(std::string_view name, std::string_view help, Schema members);
Attribute list_of(std::string_view name, Attribute element, std::string_view help);
Attribute set_of(std::string_view name, Attribute element, std::string_view help);
Attribute map_of(std::string_view name, Attribute element, std::string_view help);
Attribute any(std::string_view name, std::string_view help);
/// Set by the cloud, readable by references.
Attribute output(std::string_view name, std::string_view help, Type type = Type::text);

const Attribute* find(const Schema& schema, std::string_view name);

/// Ready-made checks.
namespace check {
std::string port(const Value& value);     ///< 1-65535
std::string cidr(const Value& value);     ///< IPv4 or IPv6 block
std::string address(const Value& value);  ///< IPv4 or IPv6 address
std::string not_empty(const Value& value);
std::string positive(const Value& value);      ///< integer >= 1
std::string not_negative(const Value& value);  ///< integer >= 0
std::string public_key(const Value& value);    ///< an OpenSSH public key line
}  // namespace check

/// Ready-made spellings and comparisons.
Value lower_case(const Value& value);
/// "8.0.35" is a version of "8.0".
bool is_version_of(const Value& desired, const Value& live);

/// Checks `value` (a map) against `schema`: unknown keys with the nearest valid name, missing
/// required ones, types, choices, checks. Fills in defaults, converts durations and numbers. Each
/// fault is added to `faults` with its `path` (a missing attribute: the path of what lacks it);
/// references and deferred values pass unchecked. Null members count as absent.
Value validate(const Value& value, const Schema& schema, Diagnostics& faults);

/// The canonical form of `value` for comparison: normalisers applied, sets sorted, defaults filled
/// in; null members, outputs and members that the schema does not know dropped.
Value canonical(const Value& value, const Attribute& attribute);

/// Whether the two mean the same, or `live` satisfies `desired`. A physical name also matches
/// itself with a "-xxxx" suffix.
bool same(const Attribute& attribute, const Value& desired, const Value& live);

/// Top-level attributes of `desired` (defaults filled in) that differ in `live`. What the cloud
/// does not show is passed over.
std::vector<std::string> differing(const Schema& schema, const Value& desired, const Value& live);

}  // namespace stackctl
