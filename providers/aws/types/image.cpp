// aws.image: what instances boot from. Looked up, or made from a stopped machine or a snapshot.
#include "aws/api/tagging.h"
#include "aws/api/wire.h"
#include "images.h"
#include "types.h"

namespace stackctl::aws {
namespace {

/// The disk of a snapshot does not say what it was the disk of.
void describe_disk(Map& parameters, const Value& desired) {
  const Value& device = desired["RootDeviceName"];
  parameters.try_emplace("Architecture", "x86_64");
  parameters.insert_or_assign("VirtualizationType", "hvm");
  parameters.insert_or_assign("EnaSupport", true);
  parameters.insert_or_assign("RootDeviceName", device);
  parameters.insert_or_assign(
      "BlockDeviceMapping",
      List{Map{{"DeviceName", device}, {"Ebs", Map{{"SnapshotId", desired["SnapshotId"]}}}}});
}

Call create(const Api& api, const Work& work) {
  const Value& machine = work.desired["InstanceId"];
  Map parameters = encode_declared(*work.type, work.desired);
  parameters.erase("Inputs");
  parameters.insert_or_assign("TagSpecification", tag_specification("image", work));
  if (machine.is_null()) {
    describe_disk(parameters, work.desired);
    return api.create(ec2, "RegisterImage", parameters);
  }
  parameters.insert_or_assign("InstanceId", machine);
  return api.create(ec2, "CreateImage", parameters);
}

/// Snapshots that were made with it go with it; one that it was made from is somebody's.
std::vector<Call> remove(const Api& api, const LiveObject& live) {
  const bool has_own_disks = !live.attributes["InstanceId"].is_null();
  std::vector<Call> calls = {
      api.change(ec2, "DeregisterImage",
                 Map{{"ImageId", live.id}, {"DeleteAssociatedSnapshots", has_own_disks}})};
  if (!has_own_disks) return calls;
  // Not every AWS takes them along.
  for (const Value& snapshot : live.attributes["SnapshotIds"].items())
    calls.push_back(api.change(ec2, "DeleteSnapshot", Map{{"SnapshotId", snapshot}}));
  return calls;
}

Schema schema() {
  return {
      text("id", "Identifier, such as ami-0123456789abcdef0"),
      text("Name", "Its name; of what is looked up, * stands for anything")
          .physical_name()
          .satisfied_by(is_image_name)
          .replaces(),
      text("Description", "For people"),
      text("Owner", "Account that it belongs to: its number, amazon or self")
          .satisfied_by(is_image_owner),
      text("Architecture", "Processors it is made for").one_of({"x86_64", "arm64"}).replaces(),
      ref("InstanceId", "aws.builder", "The stopped machine that it is made from").uncompared(),
      ref("SnapshotId", "aws.ebs_snapshot", "The snapshot that it is made from").uncompared(),
      text("RootDeviceName", "What it calls its system disk").uncompared(),
      any("Inputs", "All that it is built of; another input makes another image")
          .write_only()
          .replaces(),
      tags(),
      output("SnapshotIds", "What is on its disks", stackctl::Type::list),
      output("State", "What the cloud says of it"),
  };
}

}  // namespace

extern const Type image{
    .resource =
        {
            .name = "aws.image",
            .help = "What instances boot from. Of those that fit a lookup the newest is taken.",
            .schema = schema(),
            .listing = "images",
            .is_counted = true,
            .key = {"Name"},
            .key_is_unique = true,
            .create_first = true,
            .takes_newest = true,
            .typical = std::chrono::minutes{3},
            .typical_removal = std::chrono::seconds{2},
            .timeout = std::chrono::minutes{60},
        },
    .decode = decode_images,
    .create = create,
    .modifications = {{.action = "ModifyImageAttribute",
                       .id = "ImageId",
                       .sends = Modification::Sends::each}},
    .remove = remove,
    .created_id = "imageId",
};

}  // namespace stackctl::aws
