// exoscale.mysql: a managed MySQL. Its name bears the mark.
#include "database_service.h"
#include "types.h"

namespace stackctl::exoscale {

extern const Type mysql = dbaas::managed_service(
    "exoscale.mysql", "A managed MySQL.",
    {
        dbaas::backup_schedule(),
        dbaas::admin_username(),
        dbaas::admin_password(),
        any("mysql-settings", "Settings of the engine: a map").otherwise(Map{}),
        integer("binlog-retention-period", "Seconds that the binary log is kept, at least")
            .otherwise(600),
    });

}  // namespace stackctl::exoscale
