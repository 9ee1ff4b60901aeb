// Volumes and their snapshots.
#include "exoscale/types/types.h"
#include "lowering_tools.h"
#include "lowerings.h"

namespace stackctl::exoscale {

Lowered lower_volume(const Declaration& declaration, const LoweringContext& context) {
  Lowered lowered;
  const Value& given = declaration.attributes;
  Draft volume(declaration.address, block_volume.resource);
  volume.set("name", context.physical_name(declaration.address));
  volume.set("size", given["size"]);
  volume.set("instance", given["attached_to"], "attached_to");
  volume.set("block-storage-snapshot", given["from_snapshot"], "from_snapshot");
  volume.set("labels", given["labels"]);
  if (given["size"].is_null() && given["from_snapshot"].is_null())
    lowered.faults.push_back(fault_at("", "'size' is missing", "add it, or from_snapshot"));
  set_native(volume, declaration, {}, lowered.faults);
  lowered.objects.push_back(std::move(volume).finish());
  lowered.outputs = {{"", refer(declaration.address)},
                     {"id", refer(declaration.address)},
                     {"state", refer(declaration.address, "state")}};
  return lowered;
}

Lowered lower_volume_snapshot(const Declaration& declaration, const LoweringContext& context) {
  Lowered lowered;
  Draft kept(declaration.address, block_snapshot.resource);
  kept.set("name", context.physical_name(declaration.address));
  kept.set("block-storage-volume", declaration.attributes["of"], "of");
  kept.set("labels", declaration.attributes["labels"]);
  set_native(kept, declaration, {}, lowered.faults);
  lowered.objects.push_back(std::move(kept).finish());
  lowered.outputs = {{"", refer(declaration.address)},
                     {"id", refer(declaration.address)},
                     {"size", refer(declaration.address, "size")},
                     {"state", refer(declaration.address, "state")}};
  return lowered;
}

}  // namespace stackctl::exoscale
