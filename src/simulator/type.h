// The vocabulary of the type tables: routes, body fields, actions, and how a handler answers.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "simulator/account.h"

namespace stackctl::simulator {

enum class Form {
  text,
  texts,
  integer,
  boolean,
  labels,
  object,
  objects,
  free,
  reference,
  references,
  ids
};

/// One attribute of a request body, with all that the body check needs to know.
struct Field {
  std::string_view name = {};
  Form form = Form::text;
  bool is_required = false;
  bool is_nullable = false;
  /// Of integers the value, of texts the number of characters.
  std::int64_t minimum = std::numeric_limits<std::int64_t>::min();
  std::int64_t maximum = std::numeric_limits<std::int64_t>::max();
  std::string_view words = {};       ///< the allowed texts, separated by spaces
  std::string_view target = {};      ///< the type that a reference names
  std::string_view key = "id";       ///< the one attribute that a reference carries
  std::span<const Field> members{};  ///< of an object
  bool (*is_valid)(std::string_view) = nullptr;

  constexpr Field required() const {
    Field changed = *this;
    changed.is_required = true;
    return changed;
  }
  constexpr Field nullable() const {
    Field changed = *this;
    changed.is_nullable = true;
    return changed;
  }
  constexpr Field by(std::string_view attribute) const {
    Field changed = *this;
    changed.key = attribute;
    return changed;
  }
  /// The words that a text, or each of a list of texts, may be.
  constexpr Field among(std::string_view choice) const {
    Field changed = *this;
    changed.words = choice;
    return changed;
  }
  /// Of lists of references: how many there may be.
  constexpr Field at_most(std::int64_t count) const {
    Field changed = *this;
    changed.maximum = count;
    return changed;
  }
  constexpr Field check(bool (*rule)(std::string_view)) const {
    Field changed = *this;
    changed.is_valid = rule;
    return changed;
  }
};

constexpr Field text(std::string_view name, std::int64_t shortest = 0, std::int64_t longest = 255) {
  return {.name = name, .minimum = shortest, .maximum = longest};
}
/// A list of texts, each of which must satisfy the rule of `check`.
constexpr Field texts(std::string_view name) {
  return {.name = name, .form = Form::texts, .minimum = 0, .maximum = 255};
}
constexpr Field word(std::string_view name, std::string_view words) {
  return {.name = name, .minimum = 0, .words = words};
}
constexpr Field integer(std::string_view name, std::int64_t least, std::int64_t most) {
  return {.name = name, .form = Form::integer, .minimum = least, .maximum = most};
}
constexpr Field boolean(std::string_view name) { return {.name = name, .form = Form::boolean}; }
constexpr Field labels() { return {.name = "labels", .form = Form::labels}; }
constexpr Field object(std::string_view name, std::span<const Field> members) {
  return {.name = name, .form = Form::object, .members = members};
}
/// A list of objects, each with these members.
constexpr Field objects(std::string_view name, std::span<const Field> members) {
  return {.name = name, .form = Form::objects, .members = members};
}
/// An object whose members only the handler knows.
constexpr Field free_object(std::string_view name) { return {.name = name, .form = Form::free}; }
constexpr Field reference(std::string_view name, std::string_view target) {
  return {.name = name, .form = Form::reference, .target = target};
}
constexpr Field references(std::string_view name, std::string_view target) {
  return {.name = name, .form = Form::references, .target = target};
}
constexpr Field ids(std::string_view name) { return {.name = name, .form = Form::ids}; }

struct Answer {
  int status = 200;
  Json body = Json::object();
};

/// 404, 409 and 403 carry a message only; 400 lists its errors besides.
Answer refuse(int status, std::string message);
Answer invalid(const std::vector<std::string>& errors);
inline Answer invalid(const std::string& error) { return invalid(std::vector<std::string>{error}); }

struct Route;

/// One request whose signature, path, arguments and body have been checked.
struct Call {
  Account& account;
  const Route& route;
  std::vector<std::string> arguments;  ///< of the path, in order, decoded
  http::Fields query;
  Json body;           ///< an object; empty where none was sent
  Json* object;        ///< what the first path argument names, when the route says a type
  std::string origin;  ///< scheme, host and port under which the cloud was reached

  const std::string& id() const { return arguments.front(); }
};

using Handler = Answer (*)(Call&);

enum class Body { none, optional, required };

struct Route {
  std::string_view method = {};
  std::string_view path = {};  ///< below "/v2": "/instance/{id}:stop"
  Handler handler = nullptr;
  std::string_view object = {};  ///< the type whose object the first path argument names
  Span takes = {};               ///< how long its operation lasts
  Body body = Body::none;
  std::span<const Field> fields{};
  std::span<const Field> query{};
  bool is_public = false;  ///< needs no signature
};

using Carry = std::optional<Failure> (*)(Account&, const Json& arguments);

/// What happens when an event is due.
struct Action {
  std::string_view name = {};
  Carry carry = nullptr;
};

/// One type of object: its routes, what its events do, what a fresh account has of it.
struct Type {
  std::span<const Route> routes{};
  std::span<const Action> actions{};
  void (*populate)(Account&) = nullptr;
};

/// All types that the simulator knows; a new one is a line there.
std::span<const Type* const> types();

/// What an operation is about, as its answer says it.
struct Reference {
  std::string id;
  std::string link;     ///< below "/v2"
  std::string command;  ///< the API's name of the call that reads it
};
/// Begins an operation about `reference` that ends with `action`.
Answer accept(Call& call, const Reference& reference, std::string_view action, Json arguments);
/// Begins an operation that refers to the object `id` of `type` and ends with `action`.
Answer accept(Call& call, std::string_view type, std::string_view id, std::string_view action,
              Json arguments);
/// The same for the object of the call, whose type the route tells.
Answer accept(Call& call, std::string_view action, Json arguments);
/// Ends with `changes` merged into the object of the call; a null removes an attribute.
Answer accept_change(Call& call, Json changes);
/// Ends with the object of the call gone.
Answer accept_removal(Call& call);
/// An operation that is over at once and refers to nothing.
Answer done(Call& call);

/// {"NAME": [all visible objects of the type]}
Answer list(Call& call, std::string_view type, const char* name);

/// Handler: the visible record of the call's object.
Answer show(Call& call);

/// Merges `changes` into `record`; a null removes.
void merge(Json& record, const Json& changes);

bool is_host_name(std::string_view name);
bool is_cidr(std::string_view text);
bool is_ipv4(std::string_view text);
/// base64 of at least one byte, less than 32768 characters.
bool is_user_data(std::string_view text);

}  // namespace stackctl::simulator
