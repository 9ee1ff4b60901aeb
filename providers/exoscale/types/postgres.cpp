// exoscale.postgres: a managed PostgreSQL. Its name bears the mark.
#include "database_service.h"
#include "types.h"

namespace stackctl::exoscale {

extern const Type postgres = dbaas::managed_service(
    "exoscale.postgres", "A managed PostgreSQL.",
    {
        dbaas::backup_schedule(),
        dbaas::admin_username(),
        dbaas::admin_password(),
        any("pg-settings", "Settings of the engine: a map").otherwise(Map{}),
        text("synchronous-replication", "Whether a commit waits for the other nodes")
            .otherwise("off")
            .one_of({"off", "quorum"}),
    });

}  // namespace stackctl::exoscale
