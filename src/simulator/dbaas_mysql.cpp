// What is MySQL's own among the managed databases.
#include "simulator/dbaas.h"

namespace stackctl::simulator {
namespace {

using namespace dbaas;

constexpr std::array versions{Version{"8.4", "8.4.8"}, Version{"8.0", "8.0.45"}};

bool is_password(std::string_view text) {
  return text.find_first_not_of(
             "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
             "!#%^*_+={}()<>|.,;~?-") == std::string_view::npos;
}

constexpr auto settings_field = free_object("mysql-settings");
constexpr auto retention_field = integer("binlog-retention-period", 600, 86400);
constexpr auto plugin_field = word("authentication", "caching_sha2_password mysql_native_password");
constexpr std::array create_fields{
    plan_field.required(),
    version_field,
    filter_field,
    maintenance_field,
    schedule_field,
    settings_field,
    retention_field,
    protection_field,
    fork_field,
    administrator_field,
    administrator_password_field.check(is_password),
};
constexpr std::array update_fields{
    plan_field,     version_field,  filter_field,    maintenance_field,
    schedule_field, settings_field, retention_field, protection_field,
};
constexpr std::array user_fields{username_field.required(), plugin_field};
constexpr std::array reset_fields{password_field.check(is_password), plugin_field};

constexpr Paths paths{.table = "dbaas-mysql",
                      .service = "/dbaas-mysql/{name}",
                      .users = "/dbaas-mysql/{name}/user",
                      .user = "/dbaas-mysql/{name}/user/{username}",
                      .reveal = "/dbaas-mysql/{name}/user/{username}/password/reveal",
                      .reset = "/dbaas-mysql/{name}/user/{username}/password/reset",
                      .databases = "/dbaas-mysql/{name}/database",
                      .database = "/dbaas-mysql/{name}/database/{database-name}"};
constexpr Fields fields{create_fields, update_fields, user_fields, reset_fields, database_fields};
constexpr auto routes = service_routes(paths, fields);
constexpr auto more_routes = database_routes(paths, fields);

}  // namespace

extern const dbaas::Engine mysql_engine;
const dbaas::Engine mysql_engine{.table = paths.table,
                                 .name = "mysql",
                                 .command = "get-dbaas-service-mysql",
                                 .scheme = "mysql",
                                 .port = "21699",
                                 .uri_query = "?ssl-mode=REQUIRED",
                                 .database = "defaultdb",
                                 .administrator = "avnadmin",
                                 .replicas = "standby",
                                 .settings = "mysql-settings",
                                 .versions = versions,
                                 .user_attribute = "authentication",
                                 .user_default = R"("caching_sha2_password")"};

extern const Type dbaas_mysql;
const Type dbaas_mysql{.routes = routes};
extern const Type dbaas_mysql_databases;
const Type dbaas_mysql_databases{.routes = more_routes};

}  // namespace stackctl::simulator
