// The nouns: kinds and declarations (the stack file's side), native types and objects (the
// cloud's).
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "stackctl/clock.h"
#include "stackctl/schema.h"
#include "stackctl/sorted_map.h"
#include "stackctl/value.h"

namespace stackctl {

/// A portable resource type of the stack file: "load_balancer".
struct Kind {
  std::string_view name;
  std::string_view help;
  Schema schema;  ///< with its outputs
  /// It has no object in any cloud, so that no provider is asked for it.
  bool is_local = false;
};

/// What becomes of an object that is not wanted any more.
enum class OnDelete {
  remove,
  retain,    ///< it stays, as a leftover
  snapshot,  ///< what it holds is kept in a snapshot, as a leftover
};

/// A command of the user's that goes with an event in a resource's life.
struct Hook {
  std::string name;        ///< unique in the resource: "after_create"
  bool before = false;     ///< the resource is removed; else: after it is made or replaced
  Value command = {};      ///< list of texts; may hold references
  Value environment = {};  ///< map of texts; may hold references
  Location location = {};
  std::vector<std::string> depends_on = {};  ///< resources that must be there before it is run
};

/// The keys that every resource may have beside those of its kind.
struct Lifecycle {
  /// Whether it must not be destroyed; nothing: as it says on the live object.
  std::optional<bool> protect = {};
  OnDelete on_delete = OnDelete::remove;
  std::optional<bool> create_first = {};         ///< how it is replaced; nothing: as its types want
  std::vector<std::string> ignore_changes = {};  ///< kind attributes; "all" is every one
  std::optional<Duration> create_timeout = {};
  std::optional<Duration> update_timeout = {};
  std::optional<Duration> delete_timeout = {};
  std::vector<Hook> hooks = {};
  std::string adopt = {};  ///< the id of an object without an owner that is to be taken over
};

/// Where the stack file says what: the path of an attribute ("ingress[0].port") → its place.
using Places = SortedMap<Location>;

/// The place of `path`, or of the nearest path around it that has one, or null.
const Location* nearest_place(const Places* places, std::string_view path);

/// One resource of the stack file, checked against its kind.
struct Declaration {
  std::string address;  ///< "web", "web[0]", "nodes[\"a\"]"
  const Kind* kind = nullptr;
  std::string provider;  ///< the entry of `providers:` that realises it
  Value attributes;      ///< by the kind's schema, defaults filled in; may hold references
  Value native;          ///< the block named after its provider, or null
  std::vector<std::string> depends_on;  ///< resource addresses
  Lifecycle lifecycle;
  /// What tells the object that is looked up and never changed ({id: ...}, {name: ...}); null: it
  /// is the stack's own.
  Value existing;
  Location location;                        ///< of its name
  std::shared_ptr<const Places> locations;  ///< of its attributes; may be null
};

/// The place of what stands at `path`, or of the nearest part of the resource around it.
const Location& place_of(const Declaration& declaration, std::string_view path);

/// Where a native type keeps the ownership mark.
enum class Marked {
  tags,         ///< tags or labels, written by the create call, changeable
  description,  ///< fixed at creation, so without a spec
  name,         ///< the derived name is the mark
  parent,       ///< what owns the parent owns it; known by its key attributes
  never,        ///< only ever looked up
};

/// Who owns a live object. `spec` says what the stack file declared when it was last applied
/// (see engine/spec.h); empty where the type cannot keep one.
struct Mark {
  std::string stack;
  std::string address;
  std::string spec;
  bool operator==(const Mark&) const = default;
};

struct LiveObject;
struct Object;

/// One API object of one cloud, as a table: "exoscale.instance_pool" is one of these.
struct ResourceType {
  std::string_view name;
  std::string_view help;
  Schema schema;
  /// What lists it: one listing, or several with blanks between, whose answers are read together.
  /// Types with a listing in common share its calls.
  std::string_view listing;
  Marked marked = Marked::tags;
  /// What bears the mark, for people, where `marked` does not say it: "the object .stackctl in it".
  std::string_view carrier = {};
  /// The mark holds a spec that can be rewritten, although it does not stand in tags.
  bool keeps_spec = false;
  /// The cloud can be told to refuse its deletion, and lowerings make that of `protect`.
  bool has_protection = false;
  /// `Connection::census` counts it, and with it its parts that are types of their own.
  bool is_counted = false;
  /// The attribute that refers to the object it is a part of; empty: it stands alone.
  std::string_view parent = {};
  /// A part that the cloud removes together with its parent (unless it refers to something else).
  bool goes_with_parent = false;
  /// The attributes that tell two objects apart where the mark does not: the name; all fields of a
  /// firewall rule.
  std::vector<std::string_view> key = {"name"};
  /// The cloud refuses a second object of the same key.
  bool key_is_unique = false;
  /// Listings show it only once it is made, some time after the create call.
  bool appears_when_ready = false;
  /// Replacement makes the new one (under another name) before the old one goes.
  bool create_first = false;
  /// Of several objects that fit a lookup the newest is meant, as of images and versions; else they
  /// are an error.
  bool takes_newest = false;
  Duration typical = std::chrono::seconds{5};  ///< to create it until it is ready
  Duration typical_removal = std::chrono::seconds{5};
  Duration timeout = std::chrono::minutes{20};  ///< of one step
  int rank = 0;  ///< deletion without known references: higher goes first
  /// What keeps the contents of `live`, to be made before it goes (`on_delete: snapshot`), at
  /// addresses below that of `live`; the last one stays. Null: the type cannot.
  std::vector<Object> (*final_snapshot)(const LiveObject& live) = nullptr;
};

enum class Condition {
  ready,
  pending,  ///< the cloud works on it
  failed,   ///< the cloud gave up on it: it must be replaced
  leaving,  ///< being deleted
};

/// A native object as the cloud reports it.
struct LiveObject {
  const ResourceType* type = nullptr;
  std::string id;
  Value attributes;  ///< in the terms of the type's schema, outputs included; "id" always
  std::optional<Mark> mark;
  Condition condition = Condition::ready;
  std::string state;  ///< the cloud's own word: "scaling-up"
  /// Nobody's, and empty: what a create leaves that was cut short before the mark could be written,
  /// for types that the create call cannot mark. Who declares its key may take it.
  bool is_unclaimed = false;
  /// The cloud itself has been told to refuse its deletion.
  bool is_protected = false;
  std::string created;  ///< RFC 3339, or empty; the older of two duplicates is kept
};

/// Native attribute → path in the declaration, where the names differ.
using Origins = SortedMap<std::string>;

/// A native object as the stack file wants it.
struct Object {
  std::string address;  ///< "web" for a resource's main object, else "web/…"
  const ResourceType* type = nullptr;
  Value attributes;
  /// Only looked up, by these attributes; never changed.
  bool is_lookup = false;
  /// The address of the object that this one only helps to make: there while that one is made, and
  /// removed afterwards. Empty: it is there to stay.
  std::string helps = {};
  std::shared_ptr<const Origins> origins = {};  ///< for reasons and errors; null: no name differs
};

/// The path in the declaration of what became the native `attribute`.
std::string_view origin_of(const Origins* origins, std::string_view attribute);

/// What a declaration becomes on one cloud.
struct Lowered {
  std::vector<Object> objects;  ///< the main object, if any, first
  /// Kind attribute → what a reference to it means: usually a reference to a native attribute of
  /// one of the objects. The empty name is the resource itself.
  Map outputs;
  Diagnostics faults;  ///< placed by `path`
};

}  // namespace stackctl
