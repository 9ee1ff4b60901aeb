#include "aws/types/types.h"
#include "lowering_tools.h"
#include "lowerings.h"

namespace stackctl::aws {

Lowered lower_key_pair(const Declaration& declaration, const LoweringContext& context) {
  Lowered lowered;
  Draft key(declaration.address, key_pair.resource);
  key.set("KeyName", context.physical_name(declaration.address), "name");
  key.set("PublicKeyMaterial", declaration.attributes["public_key"], "public_key");
  set_native(key, declaration, {"Tags"}, lowered.faults);
  lowered.objects.push_back(std::move(key).finish());
  lowered.outputs = {{"", refer(declaration.address)},
                     {"name", refer(declaration.address, "KeyName")},
                     {"public_key", declaration.attributes["public_key"]},
                     {"fingerprint", refer(declaration.address, "KeyFingerprint")}};
  return lowered;
}

}  // namespace stackctl::aws
