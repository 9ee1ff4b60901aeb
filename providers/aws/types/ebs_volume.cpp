// aws.ebs_volume: a disk that outlives the instance that it is attached to.
#include "aws/api/wire.h"
#include "final_snapshots.h"
#include "types.h"
#include "volume_attachment.h"

namespace stackctl::aws {
namespace {

void place(Map& parameters, const Api& /*api*/, const Work& work) {
  for (const char* const name : {"AvailabilityZone", "SnapshotId"})
    parameters.insert_or_assign(name, work.desired[name]);
}

}  // namespace

extern const Type ebs_volume{
    .resource =
        {
            .name = "aws.ebs_volume",
            .help = "A disk that outlives the instance that it is attached to.",
            .schema =
                {
                    name_tag(),
                    // It stays there, whatever becomes of the instance: what is on it counts more.
                    text("AvailabilityZone", "Where it is made, as what has it")
                        .required()
                        .uncompared(),
                    integer("Size", "GiB; it can only grow").check(check::positive),
                    text("VolumeType", "Such as gp3").otherwise("gp3"),
                    integer("Iops", "Operations a second").check(check::positive),
                    integer("Throughput", "MiB a second").check(check::positive),
                    boolean("Encrypted", "Whether what is on it is encrypted").replaces(),
                    ref("SnapshotId", "aws.ebs_snapshot", "What is on it first").uncompared(),
                    ref("InstanceId", "aws.instance", "What it is attached to").late(),
                    text("Device", "What the instance calls it, such as /dev/sdf").late(),
                    tags(),
                    output("id", "Identifier"),
                    output("State", "What the cloud says of it"),
                },
            .listing = "volumes reservations",
            .is_counted = true,
            .key = {"Name"},
            .typical = std::chrono::seconds{5},
            .typical_removal = std::chrono::seconds{10},
            .rank = 4,
            .final_snapshot = final_ebs_snapshot,
        },
    .shown = {.list = "volumes",
              .id = "VolumeId",
              .state = "status",
              .created = "createTime",
              .elsewhere = {{"State", "status"}},
              .reshape = show_attachment,
              .is_one = is_data_volume},
    .creation = {.action = "CreateVolume", .word = "volume", .takes_token = true, .prepare = place},
    .modifications = {{"ModifyVolume", "VolumeId", {"Size", "VolumeType", "Iops", "Throughput"}}},
    .update = change_attachment,
    .removal = {"DeleteVolume", {"VolumeId"}, detach_volume},
    .follow = follow_detachment,
    .created_id = "volumeId",
};

}  // namespace stackctl::aws
