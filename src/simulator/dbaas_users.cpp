// Users and databases of managed database services.
#include <algorithm>

#include "simulator/dbaas.h"

namespace stackctl::simulator {
namespace dbaas {
namespace {

constexpr int password_length = 24;
constexpr Span database_delay{3, 10};

Json* find_user(Json& service, std::string_view name) {
  for (Json& user : service[".users"])
    if (user["username"] == name) return &user;
  return nullptr;
}

// The user that the path names: nobody is there before the service is ready.
Json* find_user(Call& call) {
  if (!call.object->contains(".ready")) return nullptr;
  return find_user(*call.object, call.arguments[1]);
}

Answer no_user(const Call& call) {
  return refuse(404, "User " + call.arguments[1] + " does not exist");
}

// {table, name, id, user}: replaces the user of that name, or adds it.
std::optional<Failure> user_set(Account& account, const Json& arguments) {
  Json* service = find_service(account, arguments);
  if (service == nullptr || is_leaving(*service))
    return Failure{"interrupted", "The service was deleted meanwhile"};
  const Json& user = arguments["user"];
  if (Json* present = find_user(*service, user["username"].get<std::string>()))
    *present = user;
  else
    (*service)[".users"].push_back(user);
  return std::nullopt;
}

void take_out(Json& list, const Json& wanted, const char* key) {
  Json left = Json::array();
  for (Json& item : list)
    if ((key == nullptr ? item : item[key]) != wanted) left.push_back(std::move(item));
  list = std::move(left);
}

// {table, name, id, username}
std::optional<Failure> user_removed(Account& account, const Json& arguments) {
  if (Json* service = find_service(account, arguments))
    take_out((*service)[".users"], arguments["username"], "username");
  return std::nullopt;
}

bool has(const Json& service, const char* list, const Json& wanted) {
  const Json items = service.value(list, Json::array());
  return std::find(items.begin(), items.end(), wanted) != items.end();
}

// {table, name, id, database}: the operation is over, but the database is not shown yet.
std::optional<Failure> database_made(Account& account, const Json& arguments) {
  account.schedule(database_delay, {"dbaas.database-shown", arguments, ""});
  return std::nullopt;
}

// {table, name, id, database}
std::optional<Failure> database_shown(Account& account, const Json& arguments) {
  if (Json* service = find_service(account, arguments))
    take_out((*service)[".late"], arguments["database"], nullptr);
  return std::nullopt;
}

// {table, name, id, database}
std::optional<Failure> database_removed(Account& account, const Json& arguments) {
  if (Json* service = find_service(account, arguments))
    take_out((*service)[".databases"], arguments["database"], nullptr);
  return std::nullopt;
}

constexpr std::array actions{
    Action{"dbaas.user-set", user_set},
    Action{"dbaas.user-removed", user_removed},
    Action{"dbaas.database-made", database_made},
    Action{"dbaas.database-shown", database_shown},
    Action{"dbaas.database-removed", database_removed},
};

}  // namespace

bool is_username(std::string_view text) {
  constexpr std::string_view allowed =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._";
  return text.find_first_not_of(allowed) == std::string_view::npos && text.front() != '-' &&
         text.front() != '.';
}

Json make_user(Account& account, const Engine& engine, const std::string& name) {
  Json user{
      {"username", name}, {"type", "normal"}, {"password", account.random_word(password_length)}};
  user[std::string(engine.user_attribute)] = Json::parse(engine.user_default);
  return user;
}

Answer create_user(Call& call) {
  if (auto refused = require_built(call)) return *refused;
  const std::string name = call.body["username"];
  if (find_user(*call.object, name) != nullptr)
    return refuse(409, "User " + name + " already exists");
  Json user = make_user(call.account, engine_of(call.route), name);
  user.update(call.body);
  return accept_about(call, *call.object, "dbaas.user-set", {{"user", std::move(user)}});
}

Answer delete_user(Call& call) {
  if (auto refused = require_built(call)) return *refused;
  const Json* user = find_user(call);
  if (user == nullptr) return no_user(call);
  if ((*user)["type"] == "primary") return refuse(403, "The primary user cannot be deleted");
  return accept_about(call, *call.object, "dbaas.user-removed", {{"username", call.arguments[1]}});
}

Answer reveal_password(Call& call) {
  const Json* user = find_user(call);
  if (user == nullptr) return no_user(call);
  return {.body = {{"username", (*user)["username"]}, {"password", (*user)["password"]}}};
}

Answer reset_password(Call& call) {
  if (auto refused = require_built(call)) return *refused;
  const Json* user = find_user(call);
  if (user == nullptr) return no_user(call);
  Json changed = *user;
  changed["password"] = call.account.random_word(password_length);
  changed.update(call.body);
  return accept_about(call, *call.object, "dbaas.user-set", {{"user", std::move(changed)}});
}

Answer create_database(Call& call) {
  if (auto refused = require_built(call)) return *refused;
  Json& service = *call.object;
  const Json& name = call.body["database-name"];
  if (has(service, ".databases", name))
    return refuse(409, "Database " + name.get<std::string>() + " already exists");
  service[".databases"].push_back(name);
  service[".late"].push_back(name);
  return accept_about(call, service, "dbaas.database-made", {{"database", name}});
}

Answer delete_database(Call& call) {
  if (auto refused = require_built(call)) return *refused;
  const std::string& name = call.arguments[1];
  if (!has(*call.object, ".databases", name) || has(*call.object, ".late", name))
    return refuse(404, "Database " + name + " does not exist");
  return accept_about(call, *call.object, "dbaas.database-removed", {{"database", name}});
}

}  // namespace dbaas

extern const Type dbaas_users;
const Type dbaas_users{.actions = dbaas::actions};

}  // namespace stackctl::simulator
