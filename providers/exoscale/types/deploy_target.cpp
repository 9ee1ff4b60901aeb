// exoscale.deploy_target: dedicated hosts to run on; only looked up.
#include "exoscale/api/wire.h"
#include "types.h"

namespace stackctl::exoscale {
namespace {

std::vector<LiveObject> decode(const ResourceType& type, const Value& listed, Diagnostics& faults) {
  std::vector<LiveObject> targets;
  for_each_item(type, listed["deploy-targets"], faults,
                [&](const Value& item) { targets.push_back(decode_object(type, item)); });
  return targets;
}

}  // namespace

extern const Type deploy_target{
    .resource =
        {
            .name = "exoscale.deploy_target",
            .help = "Dedicated hosts to run on.",
            .schema =
                {
                    text("id", "Identifier"),
                    text("name", "Shown in the console"),
                    output("type", "edge or dedicated"),
                },
            .listing = "/deploy-target",
            .marked = Marked::never,
        },
    .decode = decode,
};

}  // namespace stackctl::exoscale
