// Images: looked up, or made from a builder's disk, a snapshot, a file.
#include <algorithm>
#include <array>

#include "exoscale/types/builder.h"
#include "exoscale/types/images.h"
#include "exoscale/types/types.h"
#include "lowering_tools.h"
#include "lowerings.h"
#include "machine_lookups.h"

namespace stackctl::exoscale {
namespace {

constexpr std::array<std::string_view, 3> kLookups = {"name", "family", "id"};
constexpr std::array<std::string_view, 2> kDescribing = {"description", "default_user"};
constexpr std::array<std::string_view, 3> kSources = {"build", "from_snapshot", "from_url"};

template <class Names>
std::size_t count_given(const Declaration& declaration, const Names& names) {
  return static_cast<std::size_t>(std::ranges::count_if(
      names, [&](std::string_view name) { return !declaration.attributes[name].is_null(); }));
}

/// An image of the account's own is called what it is called.
Map lookup_of(const Value& given) {
  const std::string* const name = given["name"].text();
  if (name != nullptr && given.text_at("visibility") != "private") return image_lookup(*name);
  return {{"name", given["name"]}, {"family", given["family"]}, {"id", given["id"]}};
}

Object looked_up(const Declaration& declaration, Lowered& lowered) {
  Draft image(declaration.address, image_template.resource);
  image.object.is_lookup = true;
  for (const auto& [name, value] : lookup_of(declaration.attributes)) image.set(name, value);
  image.set("visibility", declaration.attributes["visibility"]);
  set_native(image, declaration, {}, lowered.faults);
  return std::move(image).finish();
}

/// The machine that builds, and its disk: there only while the template is made. Returns what
/// stands for the disk.
Value add_builder(const Declaration& declaration, const LoweringContext& context,
                  Lowered& lowered) {
  const Value& build = declaration.attributes["build"];
  const std::string address = declaration.address + std::string(kBuilder);
  Draft machine(address, builder.resource);
  machine.object.helps = declaration.address;
  machine.set("name", host_name(context.physical_name(address)));
  machine.set("template",
              look_up_template(address + "/image", build["image"], "build.image", lowered),
              "build.image");
  machine.set("instance-type",
              look_up_size(address + "/size", build["size"], "build.size", lowered), "build.size");
  machine.set("disk-size", build["disk"], "build.disk");
  machine.set("security-groups", build["security_groups"], "build.security_groups");
  if (!build["key_pair"].is_null())
    machine.set("ssh-keys", List{build["key_pair"]}, "build.key_pair");
  machine.set("user-data", build["user_data"], "build.user_data");
  if (!build["networks"].items().empty())
    lowered.faults.push_back(fault_at("build.networks", "builders are in no network on Exoscale",
                                      "leave it out: they have the internet"));
  check_disk("build.disk", build["disk"], lowered.faults);
  check_user_data("build.user_data", build["user_data"], lowered.faults);
  lowered.objects.push_back(std::move(machine).finish());

  Draft disk(address + "/snapshot", snapshot.resource);
  disk.object.helps = declaration.address;
  disk.set("instance", refer(address));
  lowered.objects.push_back(std::move(disk).finish());
  return refer(address + "/snapshot");
}

/// What the image is made of, in the user's words: a newer public image of the same name builds
/// nothing anew.
Value inputs_of(const Declaration& declaration) {
  const Value& build = declaration.attributes["build"];
  Map inputs = {
      {"image", build["image"]}, {"user-data", build["user_data"]}, {"disk", build["disk"]}};
  return inputs;
}

Object made(const Declaration& declaration, const LoweringContext& context, Lowered& lowered) {
  const Value& given = declaration.attributes;
  Draft image(declaration.address, image_template.resource);
  const Value& name = given["name"];
  image.set("name", name.is_null() ? Value(context.physical_name(declaration.address)) : name);
  image.set("description", given["description"]);
  image.set("default-user", given["default_user"], "default_user");
  image.set("url", given["from_url"], "from_url");
  image.set("checksum", given["checksum"]);
  if (!given["build"].is_null()) {
    image.set("inputs", inputs_of(declaration), "build");
    image.set("snapshot", add_builder(declaration, context, lowered), "build");
  } else if (!given["from_snapshot"].is_null()) {
    image.set("inputs", Map{{"snapshot", given["from_snapshot"]}}, "from_snapshot");
    image.set("snapshot", given["from_snapshot"], "from_snapshot");
  }
  std::vector<std::string_view> allowed = {"ssh-key-enabled", "password-enabled"};
  // What is made of a disk boots as that did.
  if (!given["from_url"].is_null()) allowed.emplace_back("boot-mode");
  set_native(image, declaration, allowed, lowered.faults);
  return std::move(image).finish();
}

Diagnostics check(const Declaration& declaration) {
  Diagnostics faults;
  const std::size_t sources = count_given(declaration, kSources);
  if (sources > 1)
    faults.push_back(fault_at("", "an image is made of one of build, from_snapshot, from_url",
                              "keep one of them"));
  const std::size_t lookups = count_given(declaration, kLookups);
  if (sources == 0 && lookups != 1)
    faults.push_back(
        fault_at("", "an image is looked up by exactly one of name, family, id",
                 lookups == 0 ? "add one of them, or make one: build" : "keep one of them"));
  const bool is_by_name = declaration.attributes["family"].is_null() &&
                          declaration.attributes["id"].is_null() &&
                          declaration.attributes["visibility"].is_null();
  if (sources > 0 && !is_by_name)
    faults.push_back(fault_at("", "an image that is made takes no family, id or visibility",
                              "they look one up that is there already"));
  if (sources == 0 && count_given(declaration, kDescribing) > 0)
    faults.push_back(fault_at("", "an image that is looked up takes no description or default_user",
                              "they go with one that is made"));
  const bool has_url = !declaration.attributes["from_url"].is_null();
  const bool has_checksum = !declaration.attributes["checksum"].is_null();
  if (has_url && !has_checksum)
    faults.push_back(
        fault_at("from_url", "'from_url' needs 'checksum'", "the MD5 digest of the file"));
  if (has_checksum && !has_url)
    faults.push_back(fault_at("checksum", "'checksum' goes with 'from_url'"));
  return faults;
}

}  // namespace

Lowered lower_image(const Declaration& declaration, const LoweringContext& context) {
  Lowered lowered;
  lowered.faults = check(declaration);
  if (count_given(declaration, kSources) == 0) {
    lowered.objects.push_back(looked_up(declaration, lowered));
  } else {
    Object image = made(declaration, context, lowered);
    lowered.objects.insert(lowered.objects.begin(), std::move(image));
  }
  lowered.outputs = {{"", refer(declaration.address)},
                     {"id", refer(declaration.address)},
                     {"name", refer(declaration.address, "name")},
                     {"family", refer(declaration.address, "family")}};
  return lowered;
}

}  // namespace stackctl::exoscale
