// exoscale.instance_type: processors and memory of an instance; only looked up.
#include "exoscale/api/wire.h"
#include "types.h"

namespace stackctl::exoscale {
namespace {

std::vector<LiveObject> decode(const ResourceType& type, const Value& listed, Diagnostics& faults) {
  std::vector<LiveObject> sizes;
  for_each_item(type, listed["instance-types"], faults, [&](const Value& item) {
    LiveObject& size = sizes.emplace_back(decode_object(type, item));
    const std::string name =
        std::string(item.text_at("family")) + '.' + std::string(item.text_at("size"));
    size.attributes.map()->insert_or_assign("name", name);
  });
  return sizes;
}

}  // namespace

extern const Type instance_type{
    .resource =
        {
            .name = "exoscale.instance_type",
            .help = "Processors and memory of an instance.",
            .schema =
                {
                    text("id", "Identifier"),
                    text("name", "Family and size, such as standard.small"),
                    output("family", "Such as standard"),
                    output("size", "Such as small"),
                    output("cpus", "Number of processors", stackctl::Type::integer),
                    output("memory", "Memory in bytes", stackctl::Type::integer),
                },
            .listing = "/instance-type",
            .marked = Marked::never,
        },
    .decode = decode,
};

}  // namespace stackctl::exoscale
