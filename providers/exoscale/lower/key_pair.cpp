#include "exoscale/api/marks.h"
#include "exoscale/types/types.h"
#include "lowering_tools.h"
#include "lowerings.h"

namespace stackctl::exoscale {

Lowered lower_key_pair(const Declaration& declaration, const LoweringContext& context) {
  Lowered lowered;
  Draft key(declaration.address, ssh_key.resource);
  key.set("name", marked_name(context.stack, declaration.address));
  key.set("public-key", declaration.attributes["public_key"], "public_key");
  set_native(key, declaration, {}, lowered.faults);
  lowered.objects.push_back(std::move(key).finish());
  lowered.outputs = {{"", refer(declaration.address)},
                     {"name", refer(declaration.address, "name")},
                     {"public_key", declaration.attributes["public_key"]},
                     {"fingerprint", refer(declaration.address, "fingerprint")}};
  return lowered;
}

}  // namespace stackctl::exoscale
