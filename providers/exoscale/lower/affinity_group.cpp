#include "exoscale/types/types.h"
#include "lowering_tools.h"
#include "lowerings.h"

namespace stackctl::exoscale {

Lowered lower_affinity_group(const Declaration& declaration, const LoweringContext& context) {
  Lowered lowered;
  Draft group(declaration.address, anti_affinity_group.resource);
  group.set("name", context.physical_name(declaration.address));
  group.set("description", declaration.attributes["description"]);
  set_native(group, declaration, {}, lowered.faults);
  lowered.objects.push_back(std::move(group).finish());
  lowered.outputs = {{"", refer(declaration.address)},
                     {"id", refer(declaration.address)},
                     {"name", refer(declaration.address, "name")}};
  return lowered;
}

}  // namespace stackctl::exoscale
