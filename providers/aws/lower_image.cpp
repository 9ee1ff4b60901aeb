// Images: looked up.
#include "images.h"
#include "lowering_tools.h"
#include "lowerings.h"
#include "types.h"

namespace stackctl::aws {
namespace {

void check(const Value& given, Diagnostics& faults) {
  for (const char* const name : {"build", "from_snapshot", "from_url"})
    if (!given[name].is_null())
      faults.push_back(fault_at(name, "images are not made on AWS yet", "look one up by its name"));
  if (!given["family"].is_null())
    faults.push_back(fault_at("family", "images have no families on AWS",
                              "a name with * in it stands for the newest that fits"));
  if (given["name"].is_null() == given["id"].is_null())
    faults.push_back(fault_at("", "an image is looked up by exactly one of name, id"));
}

}  // namespace

Lowered lower_image(const Declaration& declaration, const LoweringContext& /*context*/) {
  Lowered lowered;
  const Value& given = declaration.attributes;
  check(given, lowered.faults);
  Draft found(declaration.address, image.resource);
  found.object.is_lookup = true;
  found.set("id", given["id"]);
  if (const std::string* const name = given["name"].text())
    for (auto& [attribute, value] : image_lookup(*name)) found.set(attribute, value, "name");
  if (given.text_at("visibility") == "private") found.set("Owner", "self", "visibility");
  set_native(found, declaration, {"Owner", "Architecture"}, lowered.faults);
  lowered.objects.push_back(std::move(found).finish());
  const std::string& own = declaration.address;
  lowered.outputs = {{"", refer(own)},
                     {"id", refer(own)},
                     {"name", refer(own, "Name")},
                     {"root_device", refer(own, "RootDeviceName")}};
  return lowered;
}

}  // namespace stackctl::aws
