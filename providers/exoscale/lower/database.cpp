// Managed databases and caches.
#include <algorithm>
#include <array>
#include <span>

#include "exoscale/api/marks.h"
#include "exoscale/types/database_service.h"
#include "exoscale/types/types.h"
#include "lowering_tools.h"
#include "lowerings.h"

namespace stackctl::exoscale {
namespace {

const Type& type_for(std::string_view engine) {
  if (engine == "mysql") return mysql;
  return engine == "postgres" ? postgres : valkey;
}

/// Of one that is there, `existing` says it.
std::string_view engine_of(const Declaration& declaration) {
  const std::string_view there = declaration.existing.text_at("engine");
  return there.empty() ? declaration.attributes.text_at("engine") : there;
}

Value backup_of(const Value& given) {
  if (given.is_null()) return {};
  return Map{{"backup-hour", given["hour"]}, {"backup-minute", given["minute"]}};
}

void check_backup(const Value& given, Diagnostics& faults) {
  constexpr std::int64_t last_hour = 23;
  constexpr std::int64_t last_minute = 59;
  const auto check = [&](std::string_view name, std::int64_t most) {
    const std::int64_t* number = given[name].integer();
    if (number != nullptr && *number > most)
      faults.push_back(
          fault_at("backup." + std::string(name),
                   "'" + std::string(name) + "' must be at most " + std::to_string(most)));
  };
  check("hour", last_hour);
  check("minute", last_minute);
}

Value window_of(const Value& given) {
  if (given["time"].text() == nullptr) return {};
  return Map{{"dow", given["day"]}, {"time", *given["time"].text() + ":00"}};
}

void set_name(Draft& service, const LoweringContext& context, Diagnostics& faults) {
  std::string name = marked_dashed_name(context.stack, service.object.address);
  if (name.size() > kLongestDashedName)
    faults.push_back(fault_at("",
                              "its name on Exoscale would have " + std::to_string(name.size()) +
                                  " characters, of which " + std::to_string(kLongestDashedName) +
                                  " are allowed: " + name,
                              "shorten the name of the resource or of the stack"));
  service.set("name", std::move(name));
}

struct Plan {
  std::string_view word;
  std::string_view plan;
};
constexpr std::array kPlans = {Plan{"micro", "hobbyist-2"}, Plan{"small", "startup-4"},
                               Plan{"medium", "startup-8"}, Plan{"large", "startup-16"}};

Value plan_of(const Value& given) {
  const std::string_view word = given.text() == nullptr ? std::string_view() : *given.text();
  const auto* const row = std::ranges::find(kPlans, word, &Plan::word);
  return row == kPlans.end() ? given : Value(row->plan);
}

/// What services of Exoscale do not have.
void refuse_others(const Value& given, Diagnostics& faults) {
  struct Row {
    const char* name;
    const char* hint;
  };
  constexpr std::array rows = {
      Row{"networks", "they are reached over the internet: leave it out, and say who may in allow"},
      Row{"security_groups", "say who may connect in allow"},
      Row{"storage", "the plan says it: leave it out"}};
  for (const Row& row : rows)
    if (!given[row.name].is_null() && !(given[row.name] == Value(List{})))
      faults.push_back(fault_at(
          row.name, std::string("databases and caches of Exoscale have no '") + row.name + "'",
          row.hint));
  if (given.text_at("engine") == "redis")
    faults.push_back(fault_at("engine", "Exoscale has no redis", "use valkey, which speaks it"));
  if (given.text_at("engine") == "memcached")
    faults.push_back(fault_at("engine", "Exoscale has no memcached", "use valkey"));
}

Draft lower_service(const Declaration& declaration, const LoweringContext& context,
                    Lowered& lowered) {
  const Value& given = declaration.attributes;
  const Type& type = type_for(engine_of(declaration));
  Draft service(declaration.address, type.resource);
  service.origins.insert_or_assign("", "engine");  // what it runs is its type
  set_name(service, context, lowered.faults);
  refuse_others(given, lowered.faults);
  service.set("plan", plan_of(given["plan"]));
  service.set("version", given["version"]);
  service.set("ip-filter", given["allow"], "allow");
  service.set("maintenance", window_of(given["maintenance"]), "maintenance");
  const bool is_protected = declaration.lifecycle.protect == true;
  service.set("termination-protection",
              is_protected ? Value(true) : given["termination_protection"],
              "termination_protection");
  const std::string word(dbaas::engine_by(&dbaas::Engine::type, type.resource.name)->word);
  service.set(word + "-settings", given["settings"], "settings");
  lowered.outputs = {{"", refer(declaration.address)}};
  for (const std::string_view name : {"id", "state", "host", "port", "user", "password", "uri"})
    lowered.outputs.emplace(name, refer(declaration.address, std::string(name)));
  return service;
}

/// One object for each of the names, which come from `path`, such as "users".
void lower_parts(const Declaration& declaration, std::string_view path,
                 std::span<const Value> names, const Type& type, std::string_view word,
                 Lowered& lowered) {
  const std::string_view key = type.resource.key.front();
  for (const Value& name : names) {
    if (name.text() == nullptr) {
      lowered.faults.push_back(
          fault_at(std::string(path), "names must be known before anything is made"));
      continue;
    }
    Draft part(declaration.address + '/' + std::string(word) + '-' + *name.text(), type.resource);
    part.set("service", refer(declaration.address), path);
    part.set("engine", declaration.attributes["engine"]);
    part.set(key, name, path);
    lowered.objects.push_back(std::move(part).finish());
  }
}

constexpr std::string_view kFirstDatabase = "defaultdb";  // of Exoscale, in every service

bool has_own_name(const Value& given) {
  return !given["name"].is_null() && !(given["name"] == Value(kFirstDatabase));
}

/// Another first one is made beside Exoscale's own.
List names_of_databases(const Value& given) {
  List names(given["databases"].items().begin(), given["databases"].items().end());
  const bool is_there = std::ranges::find(names, given["name"]) != names.end();
  if (has_own_name(given) && !is_there) names.push_back(given["name"]);
  return names;
}

/// Its name is known once it is there.
Value first_database(const Declaration& declaration) {
  const Value& name = declaration.attributes["name"];
  if (!has_own_name(declaration.attributes) || name.text() == nullptr)
    return refer(declaration.address, "database");
  return refer(declaration.address + "/database-" + *name.text(), "database-name");
}

Value passwords_of(const Lowered& lowered) {
  Map passwords;
  for (const Object& object : lowered.objects)
    if (object.type == &database_user.resource)
      passwords.emplace(object.attributes.text_at("username"), refer(object.address, "password"));
  return passwords;
}

}  // namespace

Lowered lower_database(const Declaration& declaration, const LoweringContext& context) {
  Lowered lowered;
  Draft service = lower_service(declaration, context, lowered);
  const Value& given = declaration.attributes;
  if (engine_of(declaration).empty())
    lowered.faults.push_back(fault_at("existing", "it must say what the database runs",
                                      "existing: {name: ..., engine: mysql}"));
  service.set("backup-schedule", backup_of(given["backup"]), "backup");
  check_backup(given["backup"], lowered.faults);
  service.set("admin-username", given["user"], "user");
  service.set("admin-password", given["password"], "password");
  const bool is_mysql = given.text_at("engine") == "mysql";
  set_native(service, declaration,
             {"admin-username", "admin-password",
              is_mysql ? "binlog-retention-period" : "synchronous-replication"},
             lowered.faults);
  lowered.objects.push_back(std::move(service).finish());
  lower_parts(declaration, "users", given["users"].items(), database_user, "user", lowered);
  lower_parts(declaration, "databases", names_of_databases(given), database, "database", lowered);
  lowered.outputs.emplace("database", first_database(declaration));
  lowered.outputs.emplace("passwords", passwords_of(lowered));
  return lowered;
}

Lowered lower_cache(const Declaration& declaration, const LoweringContext& context) {
  Lowered lowered;
  Draft service = lower_service(declaration, context, lowered);
  set_native(service, declaration, {}, lowered.faults);
  lowered.objects.push_back(std::move(service).finish());
  return lowered;
}

}  // namespace stackctl::exoscale
