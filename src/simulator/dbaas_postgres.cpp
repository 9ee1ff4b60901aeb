// What is PostgreSQL's own among the managed databases.
#include "simulator/dbaas.h"

namespace stackctl::simulator {
namespace {

using namespace dbaas;

constexpr std::array versions{Version{"17", "17.9"},  Version{"18", "18.3"},
                              Version{"16", "16.13"}, Version{"15", "15.17"},
                              Version{"14", "14.22"}, Version{"13", "13.23"}};

bool is_password(std::string_view text) {
  return text.find_first_not_of(
             "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
             "-_") == std::string_view::npos;
}

constexpr auto settings_field = free_object("pg-settings");
constexpr auto pooler_field = free_object("pgbouncer-settings");
constexpr auto lookout_field = free_object("pglookout-settings");
constexpr auto audit_field = free_object("pgaudit-settings");
constexpr auto series_field = free_object("timescaledb-settings");
constexpr auto variant_field = word("variant", "aiven timescale");
constexpr auto synchronous_field = word("synchronous-replication", "off quorum");
constexpr auto memory_field = integer("work-mem", 1, 1024);
constexpr auto buffers_field = integer("shared-buffers-percentage", 20, 60);
constexpr std::array create_fields{
    plan_field.required(), version_field.among("13 14 15 16 17 18"),
    filter_field,          maintenance_field,
    schedule_field,        settings_field,
    pooler_field,          lookout_field,
    audit_field,           series_field,
    variant_field,         synchronous_field,
    memory_field,          buffers_field,
    protection_field,      fork_field,
    administrator_field,   administrator_password_field.check(is_password),
};
constexpr std::array update_fields{
    plan_field,     version_field,     filter_field,  maintenance_field, schedule_field,
    settings_field, pooler_field,      lookout_field, audit_field,       series_field,
    variant_field,  synchronous_field, memory_field,  buffers_field,     protection_field,
};
constexpr std::array user_fields{username_field.required(), boolean("allow-replication")};
constexpr std::array reset_fields{password_field};
constexpr std::array own_database_fields{text("database-name", 1, 40).required(),
                                         text("lc-collate", 0, 128), text("lc-ctype", 0, 128)};

constexpr Paths paths{.table = "dbaas-postgres",
                      .service = "/dbaas-postgres/{name}",
                      .users = "/dbaas-postgres/{name}/user",
                      .user = "/dbaas-postgres/{name}/user/{username}",
                      .reveal = "/dbaas-postgres/{name}/user/{username}/password/reveal",
                      .reset = "/dbaas-postgres/{name}/user/{username}/password/reset",
                      .databases = "/dbaas-postgres/{name}/database",
                      .database = "/dbaas-postgres/{name}/database/{database-name}"};
constexpr Fields fields{create_fields, update_fields, user_fields, reset_fields,
                        own_database_fields};
constexpr auto routes = service_routes(paths, fields);
constexpr auto more_routes = database_routes(paths, fields);

}  // namespace

extern const dbaas::Engine postgres_engine;
const dbaas::Engine postgres_engine{.table = paths.table,
                                    .name = "pg",
                                    .command = "get-dbaas-service-pg",
                                    .scheme = "postgres",
                                    .port = "21699",
                                    .uri_query = "?sslmode=require",
                                    .database = "defaultdb",
                                    .administrator = "avnadmin",
                                    .replicas = "standby",
                                    .settings = "pg-settings",
                                    .versions = versions,
                                    .user_attribute = "allow-replication",
                                    .user_default = "false"};

extern const Type dbaas_postgres;
const Type dbaas_postgres{.routes = routes};
extern const Type dbaas_postgres_databases;
const Type dbaas_postgres_databases{.routes = more_routes};

}  // namespace stackctl::simulator
