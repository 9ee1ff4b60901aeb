// Machines, as stack files describe them.
#pragma once

#include <string>

#include "stackctl/lowering.h"
#include "stackctl/resource.h"

namespace stackctl::aws {

/// Where a machine is described.
struct MachineSource {
  std::string address;    ///< below which its image is looked up
  std::string path = {};  ///< in the declaration: "build."
};

/// What `given` (image, size, disk, user_data, security_groups, key_pair) says of `machine`.
void set_machine(Draft& machine, const Value& given, const MachineSource& source, Lowered& lowered);

}  // namespace stackctl::aws
