// aws.db_snapshot: what was in a database at one moment. It outlives the database.
#include "aws/api/wire.h"
#include "types.h"

namespace stackctl::aws {
namespace {

void of_database(Map& parameters, const Api& /*api*/, const Work& work) {
  parameters.insert_or_assign("DBInstanceIdentifier", work.desired["DBInstanceIdentifier"]);
}

}  // namespace

extern const Type db_snapshot{
    .resource =
        {
            .name = "aws.db_snapshot",
            .help = "What was in a database at one moment.",
            .schema =
                {
                    fixed_name("DBSnapshotIdentifier", "Unique in the region")
                        .normalise(lower_case),
                    // Snapshots do not hold the database.
                    ref("DBInstanceIdentifier", "aws.db_instance", "Whose contents it keeps")
                        .uncompared(),
                    tags(),
                    output("id", "Its name"),
                    output("DBSnapshotArn", "ARN"),
                    output("AllocatedStorage", "GiB", stackctl::Type::integer),
                },
            .listing = "db_snapshots",
            .is_counted = true,
            .key = {"DBSnapshotIdentifier"},
            .key_is_unique = true,
            .typical = std::chrono::minutes{2},
            .typical_removal = std::chrono::seconds{5},
            .timeout = std::chrono::hours{2},
            .rank = 5,
        },
    .service = &rds,
    .tagged_by = "DBSnapshotArn",
    .shown = {.list = "db_snapshots",
              .id = "DBSnapshotIdentifier",
              .state = "Status",
              .created = "SnapshotCreateTime"},
    .creation = {.action = "CreateDBSnapshot", .prepare = of_database},
    .removal = {"DeleteDBSnapshot", {"DBSnapshotIdentifier"}},
    .created_id = "DBSnapshot/DBSnapshotIdentifier",
};

}  // namespace stackctl::aws
