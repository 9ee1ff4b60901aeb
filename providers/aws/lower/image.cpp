// Images: looked up, or made from a builder's disk or a snapshot.
#include <algorithm>
#include <array>

#include "aws/types/builder.h"
#include "aws/types/images.h"
#include "aws/types/types.h"
#include "lowering_tools.h"
#include "lowerings.h"
#include "machine_lookups.h"

namespace stackctl::aws {
namespace {

struct Refusal {
  const char* name;
  const char* why;
  const char* hint;
};
constexpr std::array kNever = {
    Refusal{"family", "images have no families on AWS",
            "a name with * in it stands for the newest that fits"},
    Refusal{"from_url", "AWS makes no image of a file that it would have to fetch",
            "import the file as a snapshot with AWS's own tools, and name that: from_snapshot"},
    Refusal{"checksum", "only from_url has a checksum", "leave it out"},
    Refusal{"default_user", "images of AWS do not say who may log in", "leave it out"},
};

bool is_made(const Value& given) {
  return !given["build"].is_null() || !given["from_snapshot"].is_null();
}

void check_made(const Value& given, Diagnostics& faults) {
  if (!given["build"].is_null() && !given["from_snapshot"].is_null())
    faults.push_back(
        fault_at("", "an image is made of one of build, from_snapshot", "keep one of them"));
  for (const char* const name : {"id", "visibility"})
    if (!given[name].is_null())
      faults.push_back(fault_at(name, std::string("an image that is made takes no ") + name,
                                "it looks one up that is there already"));
}

void check(const Value& given, Diagnostics& faults) {
  for (const Refusal& row : kNever)
    if (!given[row.name].is_null()) faults.push_back(fault_at(row.name, row.why, row.hint));
  if (is_made(given)) return check_made(given, faults);
  if (!given["description"].is_null())
    faults.push_back(fault_at("description", "an image that is looked up takes no description",
                              "it goes with one that is made"));
  if (given["name"].is_null() == given["id"].is_null() && given["from_url"].is_null())
    faults.push_back(fault_at(
        "", "an image is looked up by exactly one of name, id",
        given["id"].is_null() ? "add one of them, or make one: build" : "keep one of them"));
}

void look_up_image(Draft& found, const Declaration& declaration, Diagnostics& faults) {
  const Value& given = declaration.attributes;
  found.object.is_lookup = true;
  found.set("State", "available");
  const bool is_own = given.text_at("visibility") == "private";
  if (is_own) found.set("Owner", "self", "visibility");
  if (const std::string* const name = given["name"].text(); name != nullptr && !is_own)
    for (auto& [attribute, value] : image_lookup(*name)) found.set(attribute, value, "name");
  else
    found.set("Name", given["name"], "name");
  found.set("id", given["id"]);
  set_native(found, declaration, {"Owner", "Architecture"}, faults);
}

/// There only while the image is made.
void add_builder(const Declaration& declaration, const LoweringContext& context, Draft& image,
                 Lowered& lowered) {
  const Value& build = declaration.attributes["build"];
  const std::string address = declaration.address + std::string(kBuilder);
  Draft machine(address, builder.resource);
  machine.object.helps = declaration.address;
  machine.set("Name", context.physical_name(address));
  set_machine(machine, build, {address, "build."}, lowered);
  machine.set("AssociatePublicIpAddress", true);
  machine.set("SubnetId", subnet_of(declaration, build["networks"], true, lowered),
              "build.networks");
  set_native(image, declaration, {}, lowered.faults,
             {ref("IamInstanceProfile", "aws.instance_profile", "Role of the builder's programs")});
  machine.set("IamInstanceProfile", declaration.native["IamInstanceProfile"],
              "aws.IamInstanceProfile");
  lowered.objects.push_back(std::move(machine).finish());
  image.set("InstanceId", refer(address), "build");
  // In the user's words: a newer public image of the same name builds nothing anew.
  image.set(
      "Inputs",
      Map{{"image", build["image"]}, {"user_data", build["user_data"]}, {"disk", build["disk"]}},
      "build");
}

void set_snapshot(const Declaration& declaration, Draft& image, Diagnostics& faults) {
  const Value& snapshot = declaration.attributes["from_snapshot"];
  image.set("SnapshotId", snapshot, "from_snapshot");
  image.set("Inputs", Map{{"snapshot", snapshot}}, "from_snapshot");
  image.set("RootDeviceName", "/dev/xvda");
  set_native(image, declaration, {"Architecture", "RootDeviceName"}, faults);
}

}  // namespace

Lowered lower_image(const Declaration& declaration, const LoweringContext& context) {
  Lowered lowered;
  const Value& given = declaration.attributes;
  const std::string& own = declaration.address;
  check(given, lowered.faults);
  Draft draft(own, image.resource);
  if (is_made(given)) {
    draft.set("Name", given["name"].is_null() ? Value(context.physical_name(own)) : given["name"]);
    draft.set("Description", given["description"], "description");
    if (given["build"].is_null())
      set_snapshot(declaration, draft, lowered.faults);
    else
      add_builder(declaration, context, draft, lowered);
  } else {
    look_up_image(draft, declaration, lowered.faults);
  }
  lowered.objects.insert(lowered.objects.begin(), std::move(draft).finish());
  lowered.outputs = {{"", refer(own)},
                     {"id", refer(own)},
                     {"name", refer(own, "Name")},
                     {"root_device", refer(own, "RootDeviceName")}};
  return lowered;
}

}  // namespace stackctl::aws
