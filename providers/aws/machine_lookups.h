// Images and sizes, as stack files name them.
#pragma once

#include <string>
#include <string_view>

#include "stackctl/lowering.h"
#include "stackctl/resource.h"

namespace stackctl::aws {

/// What a machine boots from. A name becomes a lookup at `address`, which is added to `lowered`.
struct BootImage {
  Value id;
  Value root_device;  ///< what it calls its system disk
};
BootImage boot_image(const std::string& address, const Value& given, std::string_view origin,
                     Lowered& lowered);

/// "t3.small" of "small"; AWS's own names stay as they are.
Value instance_type_of(const Value& size, std::string_view path, Diagnostics& faults);

void check_user_data(std::string_view path, const Value& user_data, Diagnostics& faults);

}  // namespace stackctl::aws
