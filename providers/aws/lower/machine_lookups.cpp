#include "machine_lookups.h"

#include <algorithm>
#include <array>
#include <vector>

#include "aws/types/images.h"
#include "aws/types/types.h"
#include "lowering_tools.h"
#include "stackctl/text.h"

namespace stackctl::aws {
namespace {

struct Size {
  std::string_view name;
  std::string_view type;
};
/// By memory: from half a GiB, each twice the one before.
constexpr std::array kSizes = {
    Size{"micro", "t3.nano"},    Size{"tiny", "t3.micro"},  Size{"small", "t3.small"},
    Size{"medium", "t3.medium"}, Size{"large", "t3.large"}, Size{"extra-large", "t3.xlarge"},
    Size{"huge", "t3.2xlarge"},
};

Diagnostic no_such_size(std::string_view path, const std::string& size) {
  std::vector<std::string_view> names;
  names.reserve(kSizes.size());
  for (const Size& each : kSizes) names.push_back(each.name);
  const std::string_view near = nearest(size, names);
  return fault_at(std::string(path), "there is no size '" + size + "' on AWS",
                  near.empty() ? "sizes are micro to huge, or AWS's own, such as t3.small"
                               : "did you mean '" + std::string(near) + "'?");
}

/// What a machine boots from.
struct BootImage {
  Value id;
  Value root_device;  ///< what it calls its system disk
};

BootImage boot_image(const std::string& address, const Value& given, const std::string& origin,
                     Lowered& lowered) {
  if (const Reference* const resource = given.reference())
    return {given, Reference{resource->target, "root_device"}};
  if (given.text() == nullptr) return {given, {}};
  return {look_up(address, published_image, image_lookup(*given.text()), lowered, origin),
          refer(address, "RootDeviceName")};
}

Value instance_type_of(const Value& size, std::string_view path, Diagnostics& faults) {
  const std::string* const name = size.text();
  if (name == nullptr || name->find('.') != std::string::npos) return size;
  const auto found = std::ranges::find(kSizes, std::string_view(*name), &Size::name);
  if (found != kSizes.end()) return found->type;
  faults.push_back(no_such_size(path, *name));
  return size;
}

void check_user_data(std::string_view path, const Value& user_data, Diagnostics& faults) {
  constexpr std::size_t most_bytes = std::size_t{16} * 1024;
  const std::string* const text = user_data.revealed();
  if (text == nullptr || text->size() <= most_bytes) return;
  const std::string name(path);
  faults.push_back(fault_at(name,
                            "'" + name + "' has " + std::to_string(text->size()) +
                                " bytes; AWS takes at most " + std::to_string(most_bytes),
                            "let a short script fetch the rest"));
}

}  // namespace

void set_machine(Draft& machine, const Value& given, const MachineSource& source,
                 Lowered& lowered) {
  const auto origin = [&](const char* name) { return source.path + name; };
  const BootImage boot =
      boot_image(source.address + "/image", given["image"], origin("image"), lowered);
  machine.set("ImageId", boot.id, origin("image"));
  machine.set("RootDeviceName", boot.root_device, origin("image"));
  machine.set("InstanceType", instance_type_of(given["size"], origin("size"), lowered.faults),
              origin("size"));
  machine.set("KeyName", given["key_pair"], origin("key_pair"));
  machine.set("SecurityGroupId", given["security_groups"], origin("security_groups"));
  machine.set("UserData", given["user_data"], origin("user_data"));
  machine.set("VolumeSize", given["disk"], origin("disk"));
  machine.set("VolumeType", "gp3", origin("disk"));
  // A program that is talked into asking for a page must not get the role's credentials.
  machine.set("MetadataOptions", Map{{"HttpTokens", "required"}});
  check_user_data(origin("user_data"), given["user_data"], lowered.faults);
}

}  // namespace stackctl::aws
