// What is Valkey's own among the managed databases: it has no databases and no backup schedule.
#include "simulator/dbaas.h"

namespace stackctl::simulator {
namespace {

using namespace dbaas;

constexpr std::array versions{Version{"8.1", "8.1.4"}, Version{"9.0", "9.0.2"}};

constexpr auto settings_field = free_object("valkey-settings");
constexpr std::array access_fields{texts("categories"), texts("channels"), texts("commands"),
                                   texts("keys")};
constexpr auto access_field = object("access-control", access_fields);
constexpr std::array create_fields{
    plan_field.required(), version_field,    filter_field, maintenance_field,
    settings_field,        protection_field, fork_field,
};
constexpr std::array update_fields{
    plan_field, version_field, filter_field, maintenance_field, settings_field, protection_field,
};
constexpr std::array user_fields{username_field.required(), access_field};
constexpr std::array reset_fields{password_field};

constexpr Paths paths{.table = "dbaas-valkey",
                      .service = "/dbaas-valkey/{name}",
                      .users = "/dbaas-valkey/{name}/user",
                      .user = "/dbaas-valkey/{name}/user/{username}",
                      .reveal = "/dbaas-valkey/{name}/user/{username}/password/reveal",
                      .reset = "/dbaas-valkey/{name}/user/{username}/password/reset"};
constexpr Fields fields{create_fields, update_fields, user_fields, reset_fields};
constexpr auto routes = service_routes(paths, fields);

}  // namespace

extern const dbaas::Engine valkey_engine;
const dbaas::Engine valkey_engine{
    .table = paths.table,
    .name = "valkey",
    .command = "get-dbaas-service-valkey",
    .scheme = "valkeys",
    .port = "21700",
    .uri_query = "",
    .database = "",
    .administrator = "default",
    .replicas = "slave",
    .settings = "valkey-settings",
    .versions = versions,
    .has_backup_schedule = false,
    .user_attribute = "access-control",
    .user_default = R"({"categories":["+@all"],"channels":["*"],"commands":[],"keys":["*"]})"};

extern const Type dbaas_valkey;
const Type dbaas_valkey{.routes = routes};

}  // namespace stackctl::simulator
