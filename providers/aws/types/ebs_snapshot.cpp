// aws.ebs_snapshot: what was on a volume at one moment.
#include "aws/api/wire.h"
#include "types.h"

namespace stackctl::aws {
namespace {

/// Of which volume, is said once.
void name_volume(Map& parameters, const Api& /*api*/, const Work& work) {
  parameters.insert_or_assign("VolumeId", work.desired["VolumeId"]);
}

}  // namespace

extern const Type ebs_snapshot{
    .resource =
        {
            .name = "aws.ebs_snapshot",
            .help = "What was on a volume at one moment.",
            .schema =
                {
                    name_tag(),
                    ref("VolumeId", "aws.ebs_volume", "The volume").uncompared(),
                    text("Description", "For people").replaces(),
                    tags(),
                    output("id", "Identifier"),
                    output("VolumeSize", "GiB that a volume made from it has",
                           stackctl::Type::integer),
                    output("State", "What the cloud says of it"),
                },
            .listing = "snapshots",
            .is_counted = true,
            .key = {"Name"},
            .typical = std::chrono::seconds{60},
            .typical_removal = std::chrono::seconds{1},
            .timeout = std::chrono::minutes{120},
        },
    .shown = {.list = "snapshots",
              .id = "SnapshotId",
              .state = "status",
              .created = "startTime",
              .elsewhere = {{"State", "status"}}},
    .creation = {.action = "CreateSnapshot", .word = "snapshot", .prepare = name_volume},
    .removal = {"DeleteSnapshot", {"SnapshotId"}},
    .created_id = "snapshotId",
};

}  // namespace stackctl::aws
