// exoscale.postgres: a managed PostgreSQL. Its name bears the mark.
#include "database_service.h"
#include "types.h"

namespace stackctl::exoscale {

extern const Type postgres{
    .resource =
        {
            .name = "exoscale.postgres",
            .help = "A managed PostgreSQL.",
            .schema = dbaas::schema({
                dbaas::backup_schedule(),
                dbaas::admin_username(),
                dbaas::admin_password(),
                any("pg-settings", "Settings of the engine: a map").otherwise(Map{}),
                text("synchronous-replication", "Whether a commit waits for the other nodes")
                    .otherwise("off")
                    .one_of({"off", "quorum"}),
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
