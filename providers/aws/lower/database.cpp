// Managed databases: an instance of RDS, where it may be, its firewall and its settings.
#include <algorithm>
#include <array>
#include <utility>

#include "aws/types/types.h"
#include "balancer_listener.h"
#include "data_service.h"
#include "lowering_tools.h"
#include "lowerings.h"
#include "stackctl/text.h"

namespace stackctl::aws {
namespace {

constexpr std::size_t kLongestName = 58;  // of 63; a replacement gets "-xxxx" behind

std::string name_of(const LoweringContext& context, std::string_view address) {
  std::string name = to_lower(plain_name(context.physical_name(address), kLongestName));
  return name;
}

Value default_port(const Value& given) {
  constexpr int mysql = 3306;
  constexpr int postgres = 5432;
  return given.text_at("engine") == "mysql" ? mysql : postgres;
}

/// "mysql8.0" of 8.0.35, "postgres15" of 15.4.
std::string family_of(std::string_view engine, std::string_view version) {
  const std::size_t dot = version.find('.');
  const std::size_t second = dot == std::string_view::npos ? dot : version.find('.', dot + 1);
  return std::string(engine).append(version.substr(0, engine == "mysql" ? second : dot));
}

void refuse_others(const Value& given, Diagnostics& faults) {
  for (const char* const name : {"users", "databases"})
    if (!given[name].items().empty())
      faults.push_back(fault_at(
          name, std::string("AWS makes no ") + name + " beside the first one",
          "leave it out, and let the application make them: it has the main user's password"));
  for (const char* const name : {"user", "password"})
    if (given[name].is_null())
      faults.push_back(fault_at("", std::string("a database on AWS needs '") + name + "'",
                                "give it; passwords as a variable with secret: true"));
}

bool is_identifier(std::string_view text) {
  const auto is_letter = [](char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
  };
  const auto fits = [&](char letter) {
    return is_letter(letter) || (letter >= '0' && letter <= '9') || letter == '_';
  };
  return !text.empty() && is_letter(text.front()) && std::ranges::all_of(text, fits);
}

/// What RDS refuses when the subnets and groups around it have been made.
void refuse_wrong_letters(const Value& given, Diagnostics& faults) {
  for (const char* const name : {"name", "user"})
    if (const std::string* const text = given[name].text();
        text != nullptr && !is_identifier(*text))
      faults.push_back(fault_at(name, std::string("'") + name +
                                          "' must be letters, digits and '_' on AWS, and begin "
                                          "with a letter"));
  constexpr std::size_t shortest = 8;
  const std::string* const password = given["password"].revealed();
  if (password == nullptr) return;
  if (password->size() < shortest)
    faults.push_back(fault_at("password", "'password' must have 8 characters at least on AWS"));
  if (password->find_first_of("/@\" ") != std::string::npos)
    faults.push_back(
        fault_at("password", "'password' must not hold '/', '@', '\"' or blanks on AWS"));
}

/// The settings are a group of their own, for one engine and version.
Value lower_settings(const Declaration& declaration, const LoweringContext& context,
                     Lowered& lowered) {
  const Value& given = declaration.attributes;
  const Map* const settings = given["settings"].map();
  if (settings == nullptr || settings->empty()) return {};
  if (given["version"].text() == nullptr) {
    lowered.faults.push_back(
        fault_at("settings", "'settings' need 'version' on AWS", "write the version, such as 8.0"));
    return {};
  }
  Map values;
  for (const auto& [name, value] : *settings)
    values.emplace(name,
                   value.is_known() && value.text() == nullptr ? Value(display(value)) : value);
  const std::string address = declaration.address + "/settings";
  Draft group(address, db_parameter_group.resource);
  group.set("DBParameterGroupName", name_of(context, address));
  group.set("DBParameterGroupFamily", family_of(given.text_at("engine"), *given["version"].text()),
            "version");
  group.set("Description", "Settings of " + declaration.address);
  group.set("Parameters", std::move(values), "settings");
  lowered.objects.push_back(std::move(group).finish());
  return refer(address);
}

Value lower_subnets(const Declaration& declaration, const LoweringContext& context,
                    Lowered& lowered) {
  const std::string address = declaration.address + "/subnets";
  Draft group(address, db_subnet_group.resource);
  group.set("DBSubnetGroupName", name_of(context, address));
  group.set("DBSubnetGroupDescription", "Subnets of " + declaration.address);
  group.set("SubnetIds",
            subnets_of(declaration, declaration.attributes["networks"], false, lowered),
            "networks");
  lowered.objects.push_back(std::move(group).finish());
  return refer(address);
}

void set_times(Draft& database, const Value& given) {
  constexpr std::int64_t minutes = 30;
  const Value window = weekly_window(given["maintenance"], minutes);
  database.set("PreferredMaintenanceWindow", window, "maintenance");
  database.set("AutoMinorVersionUpgrade", !window.is_null(), "maintenance");
  database.set("PreferredBackupWindow", daily_window(given["backup"], minutes), "backup");
}

/// What stays a secret even if the file has it in the open.
Value secret(const Value& password) {
  return password.text() == nullptr ? password : Value(Secret{*password.text()});
}

void set_outputs(const Declaration& declaration, Lowered& lowered) {
  const std::string& own = declaration.address;
  lowered.outputs = {{"", refer(own)},
                     {"id", refer(own)},
                     {"state", refer(own, "DBInstanceStatus")},
                     {"host", refer(own, "Address")},
                     {"port", refer(own, "Port")},
                     {"user", refer(own, "MasterUsername")},
                     {"password", secret(declaration.attributes["password"])},
                     {"uri", refer(own, "uri")},
                     {"database", refer(own, "DBName")},
                     {"passwords", Map{}}};
}

}  // namespace

Lowered lower_database(const Declaration& declaration, const LoweringContext& context) {
  constexpr int usual_storage = 20;
  Lowered lowered;
  const Value& given = declaration.attributes;
  refuse_others(given, lowered.faults);
  refuse_wrong_letters(given, lowered.faults);
  Draft database(declaration.address, db_instance.resource);
  // One that is there is known by what it is called, not by the first database in it.
  const bool is_there = !declaration.existing.is_null();
  database.set("DBInstanceIdentifier", name_of(context, declaration.address),
               is_there ? "name" : "");
  database.set("Engine", given["engine"], "engine");
  database.set("EngineVersion", given["version"], "version");
  database.set("DBInstanceClass", node_type(given["plan"], "db", lowered.faults), "plan");
  database.set("AllocatedStorage",
               given["storage"].is_null() ? Value(usual_storage) : given["storage"], "storage");
  if (!is_there) database.set("DBName", given["name"], "name");
  database.set("MasterUsername", given["user"], "user");
  database.set("MasterUserPassword", secret(given["password"]), "password");
  database.set("Port", default_port(given), "engine");
  database.set("PubliclyAccessible", false);
  set_times(database, given);
  const bool is_protected =
      declaration.lifecycle.protect == true || given["termination_protection"] == Value(true);
  database.set("DeletionProtection", is_protected, "termination_protection");
  set_native(database, declaration,
             {"AutoMinorVersionUpgrade", "BackupRetentionPeriod", "Iops", "KmsKeyId",
              "MaxAllocatedStorage", "MultiAZ", "Port", "PubliclyAccessible", "StorageEncrypted",
              "StorageType"},
             lowered.faults);
  database.set("DBSubnetGroupName", lower_subnets(declaration, context, lowered), "networks");
  database.set("DBParameterGroupName", lower_settings(declaration, context, lowered), "settings");
  database.set("VpcSecurityGroupIds",
               groups_around(declaration, context, database.attributes["Port"], lowered),
               "security_groups");
  lowered.objects.insert(lowered.objects.begin(), std::move(database).finish());
  set_outputs(declaration, lowered);
  return lowered;
}

}  // namespace stackctl::aws
