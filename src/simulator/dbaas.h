// Managed databases: what one engine differs in from another, and what they share.
#pragma once

#include <array>

#include "simulator/type.h"

namespace stackctl::simulator::dbaas {

/// A version as it can be asked for, and as it reads back.
struct Version {
  std::string_view series;  ///< "8.4"
  std::string_view full;    ///< "8.4.8"
};

struct Engine {
  std::string_view table;    ///< the path's first segment, and the table of its services
  std::string_view name;     ///< its service type
  std::string_view command;  ///< the API's name of the call that reads a service
  std::string_view scheme;   ///< of its URI
  std::string_view port;
  std::string_view uri_query;  ///< with the question mark
  std::string_view database;   ///< the one that a fresh service has; empty: it has none
  std::string_view administrator;
  std::string_view replicas;            ///< where connection-info lists them
  std::string_view settings;            ///< the attribute that every service shows
  std::span<const Version> versions{};  ///< the first is the default
  bool has_backup_schedule = true;
  std::string_view user_attribute = {};  ///< what a user has besides name and type
  std::string_view user_default = {};    ///< its value as JSON
};

std::span<const Engine* const> engines();
/// The engine whose routes this one is among.
const Engine& engine_of(const Route& route);

struct Plan {
  std::string_view name;
  std::int64_t nodes;
  std::int64_t processors;
  std::int64_t memory;  ///< GiB each
  std::int64_t disk;    ///< GiB
};
const Plan* find_plan(std::string_view name);

/// What the routes of an engine differ in: where they are, what they take.
struct Paths {
  std::string_view table;
  std::string_view service;
  std::string_view users;
  std::string_view user;
  std::string_view reveal;
  std::string_view reset;
  std::string_view databases = {};  ///< empty: the engine has none
  std::string_view database = {};
};
struct Fields {
  std::span<const Field> create;
  std::span<const Field> update;
  std::span<const Field> user;
  std::span<const Field> reset;
  std::span<const Field> database{};
};

Answer create_service(Call& call);
Answer get_service(Call& call);
Answer update_service(Call& call);
Answer delete_service(Call& call);
Answer create_user(Call& call);
Answer delete_user(Call& call);
Answer reveal_password(Call& call);
Answer reset_password(Call& call);
Answer create_database(Call& call);
Answer delete_database(Call& call);

/// The routes of an engine without databases.
constexpr std::array<Route, 8> service_routes(const Paths& at, const Fields& fields) {
  const Route base{.path = at.service, .object = at.table, .takes = {2, 5}};
  const auto make = [&](std::string_view method, std::string_view path, Handler handler,
                        std::span<const Field> body) {
    Route route = base;
    route.method = method;
    route.path = path;
    route.handler = handler;
    route.body = body.empty() ? Body::none : Body::required;
    route.fields = body;
    return route;
  };
  std::array routes{
      make("POST", at.service, create_service, fields.create),
      make("GET", at.service, get_service, {}),
      make("PUT", at.service, update_service, fields.update),
      make("DELETE", at.service, delete_service, {}),
      make("POST", at.users, create_user, fields.user),
      make("DELETE", at.user, delete_user, {}),
      make("GET", at.reveal, reveal_password, {}),
      make("PUT", at.reset, reset_password, fields.reset),
  };
  routes[0].object = {};  // it does not exist yet
  return routes;
}

constexpr std::array<Route, 2> database_routes(const Paths& at, const Fields& fields) {
  return {Route{.method = "POST",
                .path = at.databases,
                .handler = create_database,
                .object = at.table,
                .takes = {2, 5},
                .body = Body::required,
                .fields = fields.database},
          Route{.method = "DELETE",
                .path = at.database,
                .handler = delete_database,
                .object = at.table,
                .takes = {2, 5}}};
}

/// An address or a network.
bool is_source(std::string_view text);
/// "04:00:00"
bool is_time_of_day(std::string_view text);
bool is_username(std::string_view text);

inline constexpr std::array maintenance_fields{
    word("dow", "monday tuesday wednesday thursday friday saturday sunday never").required(),
    text("time", 8, 8).required().check(is_time_of_day),
};
inline constexpr std::array schedule_fields{
    integer("backup-hour", 0, 23).nullable(),
    integer("backup-minute", 0, 59).nullable(),
};
inline constexpr auto plan_field = text("plan", 1, 128);
inline constexpr auto version_field = text("version", 1);
inline constexpr auto filter_field = texts("ip-filter").check(is_source);
inline constexpr auto maintenance_field = object("maintenance", maintenance_fields);
inline constexpr auto schedule_field = object("backup-schedule", schedule_fields);
inline constexpr auto protection_field = boolean("termination-protection");
inline constexpr auto fork_field = text("fork-from-service", 1, 63);
inline constexpr auto administrator_field = text("admin-username", 1, 64).check(is_username);
inline constexpr auto password_field = text("password", 8, 256);
inline constexpr auto administrator_password_field = text("admin-password", 8, 256);
inline constexpr auto username_field = text("username", 1, 64);
inline constexpr std::array database_fields{text("database-name", 1, 40).required()};

/// A service that has a state of its own: the name may have been given away again meanwhile.
Json* find_service(Account& account, const Json& arguments);
/// {table, name, id} of a service, for `find_service`.
Json identity(const Engine& engine, const Json& service);

/// A user of a service, with a password.
Json make_user(Account& account, const Engine& engine, const std::string& name);

/// A service as it is shown.
Json describe(Account& account, const Engine& engine, const Json& service);

/// An operation about the service of the call.
Answer accept_about(Call& call, const Json& service, std::string_view action, Json arguments);

/// 409 while the service of the call is still being built, or is being deleted.
std::optional<Answer> require_built(const Call& call);

}  // namespace stackctl::simulator::dbaas
