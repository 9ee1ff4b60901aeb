// Volumes and their snapshots.
#include "aws/types/types.h"
#include "lowering_tools.h"
#include "lowerings.h"
#include "stackctl/crypto.h"

namespace stackctl::aws {
namespace {

/// Two volumes of an instance must not have the same, and none sees the others: so each has its
/// own, of those that AWS recommends.
std::string device_of(std::string_view address) {
  constexpr unsigned rows = 2;
  constexpr unsigned letters = 26;
  const std::string digest = crypto::sha256(address);
  const auto choose = [&](std::size_t at, char first, unsigned count) {
    return static_cast<char>(first + static_cast<unsigned char>(digest[at]) % count);
  };
  return std::string("/dev/xvd") + choose(0, 'b', rows) + choose(1, 'a', letters);
}

}  // namespace

Lowered lower_volume(const Declaration& declaration, const LoweringContext& context) {
  Lowered lowered;
  const Value& given = declaration.attributes;
  Draft volume(declaration.address, ebs_volume.resource);
  volume.set("Name", context.physical_name(declaration.address), "name");
  volume.set("Size", given["size"], "size");
  volume.set("SnapshotId", given["from_snapshot"], "from_snapshot");
  volume.set("Tags", given["labels"], "labels");
  if (const Reference* const holder = given["attached_to"].reference()) {
    volume.set("InstanceId", given["attached_to"], "attached_to");
    volume.set("Device", device_of(declaration.address), "attached_to");
    volume.set("AvailabilityZone", Reference{holder->target, "zone"}, "attached_to");
  }
  if (given["size"].is_null() && given["from_snapshot"].is_null())
    lowered.faults.push_back(fault_at("", "'size' is missing", "add it, or from_snapshot"));
  set_native(volume, declaration,
             {"AvailabilityZone", "VolumeType", "Iops", "Throughput", "Encrypted", "Device"},
             lowered.faults);
  if (!volume.attributes.contains("AvailabilityZone"))
    lowered.faults.push_back(fault_at("", "where the volume is to be is missing",
                                      "add attached_to, or AvailabilityZone to its aws block"));
  lowered.objects.push_back(std::move(volume).finish());
  lowered.outputs = {{"", refer(declaration.address)},
                     {"id", refer(declaration.address)},
                     {"state", refer(declaration.address, "State")}};
  return lowered;
}

Lowered lower_volume_snapshot(const Declaration& declaration, const LoweringContext& context) {
  Lowered lowered;
  Draft kept(declaration.address, ebs_snapshot.resource);
  kept.set("Name", context.physical_name(declaration.address), "name");
  kept.set("VolumeId", declaration.attributes["of"], "of");
  kept.set("Tags", declaration.attributes["labels"], "labels");
  set_native(kept, declaration, {"Description"}, lowered.faults);
  lowered.objects.push_back(std::move(kept).finish());
  lowered.outputs = {{"", refer(declaration.address)},
                     {"id", refer(declaration.address)},
                     {"size", refer(declaration.address, "VolumeSize")},
                     {"state", refer(declaration.address, "State")}};
  return lowered;
}

}  // namespace stackctl::aws
