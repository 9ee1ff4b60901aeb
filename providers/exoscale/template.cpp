// exoscale.template: what instances boot from; only looked up.
#include "types.h"
#include "wire.h"

namespace stackctl::exoscale {
namespace {

std::vector<LiveObject> decode(const ResourceType& type, const Value& listed, Diagnostics& faults) {
  std::vector<LiveObject> templates;
  for_each_item(type, listed["templates"], faults,
                [&](const Value& item) { templates.push_back(decode_object(type, item)); });
  return templates;
}

}  // namespace

extern const Type image_template{
    .resource =
        {
            .name = "exoscale.template",
            .help = "What instances boot from.",
            .schema =
                {
                    text("id", "Identifier"),
                    text("name", "Such as Linux Ubuntu 24.04 LTS 64-bit"),
                    text("family", "Such as ubuntu"),
                    text("visibility", "Whose it is").one_of({"public", "private"}),
                    output("version", "Version within the family"),
                    output("default-user", "Who may log in"),
                    output("created-at", "When it was registered"),
                },
            .listing = kTemplateListing,
            .marked = Marked::never,
        },
    .decode = decode,
};

}  // namespace stackctl::exoscale
