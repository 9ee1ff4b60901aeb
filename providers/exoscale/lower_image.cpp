#include "lowering_tools.h"
#include "lowerings.h"
#include "types.h"

namespace stackctl::exoscale {

Lowered lower_image(const Declaration& declaration, const LoweringContext& /*context*/) {
  Lowered lowered;
  Draft image(declaration.address, image_template);
  image.object.is_lookup = true;
  int given = 0;
  for (const std::string_view name : {"name", "family", "id"}) {
    given += declaration.attributes[name].is_null() ? 0 : 1;
    image.set(name, declaration.attributes[name]);
  }
  image.set("visibility", declaration.attributes["visibility"]);
  set_native(image, declaration, {}, lowered.faults);
  if (given != 1)
    lowered.faults.push_back(fault_at("",
                                      "an image is looked up by exactly one of name, family, id",
                                      given == 0 ? "add one of them" : "keep one of them"));
  lowered.objects.push_back(std::move(image).finish());
  lowered.outputs = {{"", refer(declaration.address)},
                     {"id", refer(declaration.address)},
                     {"name", refer(declaration.address, "name")},
                     {"family", refer(declaration.address, "family")}};
  return lowered;
}

}  // namespace stackctl::exoscale
