// aws.db_snapshot: what was in a database at one moment. It outlives the database.
#include "tagging.h"
#include "types.h"
#include "wire.h"

namespace stackctl::aws {
namespace {

std::vector<LiveObject> decode(const ResourceType& type, const Value& listed, Diagnostics& faults) {
  std::vector<LiveObject> snapshots;
  for_each_item(type, listed["db_snapshots"], faults, [&](const Value& item) {
    LiveObject& snapshot =
        snapshots.emplace_back(decode_object(type, item, "DBSnapshotIdentifier"));
    snapshot.created = item.text_at("SnapshotCreateTime");
    set_state(snapshot, item.text_at("Status"));
  });
  return snapshots;
}

Call create(const Api& api, const Work& work) {
  const Map parameters{{"DBSnapshotIdentifier", work.desired["DBSnapshotIdentifier"]},
                       {"DBInstanceIdentifier", work.desired["DBInstanceIdentifier"]},
                       {"Tags.Tag", tag_list(work)}};
  return api.create(rds, "CreateDBSnapshot", parameters);
}

std::vector<Call> remove(const Api& api, const LiveObject& live) {
  return {api.change(rds, "DeleteDBSnapshot", Map{{"DBSnapshotIdentifier", live.id}})};
}

}  // namespace

extern const Type db_snapshot{
    .resource =
        {
            .name = "aws.db_snapshot",
            .help = "What was in a database at one moment.",
            .schema =
                {
                    text("DBSnapshotIdentifier", "Unique in the region")
                        .required()
                        .physical_name()
                        .normalise(lower_case)
                        .replaces(),
                    // Snapshots do not hold the database.
                    ref("DBInstanceIdentifier", "aws.db_instance", "Whose contents it keeps")
                        .uncompared(),
                    tags(),
                    output("id", "Its name"),
                    output("DBSnapshotArn", "ARN"),
                    output("AllocatedStorage", "GiB", stackctl::Type::integer),
                },
            .listing = "db_snapshots",
            .key = {"DBSnapshotIdentifier"},
            .key_is_unique = true,
            .typical = std::chrono::minutes{2},
            .typical_removal = std::chrono::seconds{5},
            .timeout = std::chrono::hours{2},
            .rank = 5,
        },
    .service = &rds,
    .tagged_by = "DBSnapshotArn",
    .decode = decode,
    .create = create,
    .remove = remove,
    .created_id = "DBSnapshot/DBSnapshotIdentifier",
};

}  // namespace stackctl::aws
