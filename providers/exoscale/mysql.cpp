// exoscale.mysql: a managed MySQL. Its name bears the mark.
#include "database_service.h"
#include "types.h"

namespace stackctl::exoscale {

extern const Type mysql{
    .resource =
        {
            .name = "exoscale.mysql",
            .help = "A managed MySQL.",
            .schema = dbaas::schema({
                dbaas::backup_schedule(),
                dbaas::admin_username(),
                dbaas::admin_password(),
                any("mysql-settings", "Settings of the engine: a map").otherwise(Map{}),
                integer("binlog-retention-period", "Seconds that the binary log is kept, at least")
                    .otherwise(600),
            }),
            .listing = "/dbaas-service",
            .marked = Marked::name,
            .has_protection = true,
            .key_is_unique = true,
            .typical = std::chrono::minutes{3},
            .typical_removal = std::chrono::seconds{10},
            .rank = 2,
        },
    .decode = dbaas::decode,
    .create = dbaas::create,
    .update = dbaas::update,
    .remove = dbaas::remove,
    .awaits = dbaas::awaits,
    .created_id = dbaas::created_id,
};

}  // namespace stackctl::exoscale
