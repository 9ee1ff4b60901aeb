// Managed databases and caches.
#include "database_service.h"
#include "lowering_tools.h"
#include "lowerings.h"
#include "marks.h"
#include "types.h"

namespace stackctl::exoscale {
namespace {

const Type& type_for(std::string_view engine) {
  if (engine == "mysql") return mysql;
  return engine == "postgres" ? postgres : valkey;
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

Draft lower_service(const Declaration& declaration, const LoweringContext& context,
                    Lowered& lowered) {
  const Value& given = declaration.attributes;
  const Type& type = type_for(given.text_at("engine"));
  Draft service(declaration.address, type);
  set_name(service, context, lowered.faults);
  for (const std::string_view name : {"plan", "version"}) service.set(name, given[name]);
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

/// One object for each of the names at `path`, such as "users".
void lower_parts(const Declaration& declaration, std::string_view path, const Type& type,
                 std::string_view word, Lowered& lowered) {
  const std::string_view key = type.resource.key.front();
  for (const Value& name : declaration.attributes[path].items()) {
    if (name.text() == nullptr) {
      lowered.faults.push_back(
          fault_at(std::string(path), "names must be known before anything is made"));
      continue;
    }
    Draft part(declaration.address + '/' + std::string(word) + '-' + *name.text(), type);
    part.set("service", refer(declaration.address), path);
    part.set("engine", declaration.attributes["engine"]);
    part.set(key, name, path);
    lowered.objects.push_back(std::move(part).finish());
  }
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
  service.set("backup-schedule", backup_of(declaration.attributes["backup"]), "backup");
  check_backup(declaration.attributes["backup"], lowered.faults);
  const bool is_mysql = declaration.attributes.text_at("engine") == "mysql";
  set_native(service, declaration,
             {"admin-username", "admin-password",
              is_mysql ? "binlog-retention-period" : "synchronous-replication"},
             lowered.faults);
  lowered.objects.push_back(std::move(service).finish());
  lower_parts(declaration, "users", database_user, "user", lowered);
  lower_parts(declaration, "databases", database, "database", lowered);
  lowered.outputs.emplace("database", refer(declaration.address, "database"));
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
