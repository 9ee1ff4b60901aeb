// What the managed databases have in common: exoscale.mysql, exoscale.postgres, exoscale.valkey.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "exoscale/api/operations.h"
#include "stackctl/flow.h"
#include "stackctl/resource.h"
#include "type.h"

namespace stackctl::exoscale::dbaas {

/// How the API calls an engine.
struct Engine {
  std::string_view name;  ///< "postgres"
  std::string_view type;  ///< the native type: "exoscale.postgres"
  std::string_view path;  ///< "/dbaas-postgres"
  std::string_view word;  ///< in lists and operations: "pg"
};

/// The engine whose `member` is `value`, or null.
const Engine* engine_by(std::string_view Engine::*member, std::string_view value);
/// "/dbaas-postgres" for "postgres".
std::string_view path_of(std::string_view engine);

std::vector<LiveObject> decode(const ResourceType& type, const Value& listed, Diagnostics& faults);
Call create(const Api& api, const Work& work);
std::vector<Call> update(const Api& api, const Work& work, const LiveObject& live);
std::vector<Call> remove(const Api& api, const LiveObject& live);
std::string awaits(const Work& work, const LiveObject& live);
std::string created_id(const Work& work, const http::Reply& reply);

/// `own` behind the attributes of every engine.
Attribute backup_schedule();
Attribute admin_username();
Attribute admin_password();

/// The services of the account; of ours with all details, and the passwords of their users.
std::vector<Call> list(const Api& api, std::string_view name);
Value follow_list(const Api& api, const Call& call, const Value& answer, std::vector<Call>& more);

/// The password that the listing revealed, or null.
Value password_of(const Value& listed, std::string_view service, std::string_view user);

/// The services in `listed` whose engine has users and databases, with their items.
struct Service {
  const Engine* engine = nullptr;
  const Value& item;
  Mark mark;
};
std::vector<Service> marked_services(const Value& listed);
/// The object of a part of `service`: a user, a database. Its id is "SERVICE/NAME".
LiveObject part_of(const Service& service, const ResourceType& type, std::string_view key,
                   std::string_view name);
/// A type of managed service: all of them differ in their engine and its attributes, `own`, only.
Type managed_service(std::string_view name, std::string_view help, Schema own);

/// What all parts have: the service, its engine, and the name under `key`.
Schema part_schema(std::string_view key, Schema more);
/// "create-dbaas-mysql-user" and its inverse; `noun` is "user" or "database".
Call create_part(const Api& api, const Work& work, const std::string& noun);
Call remove_part(const Api& api, const LiveObject& live, const std::string& noun);

}  // namespace stackctl::exoscale::dbaas
