// Snapshots that keep what something held which goes (`ResourceType::final_snapshot`).
#pragma once

#include <string>
#include <string_view>

#include "stackctl/resource.h"

namespace stackctl {

/// "final-snapshot-3fa9c1": the snapshots of what has been at one address, one after the other, are
/// told apart by something that none has had before: an id, or a moment.
std::string final_snapshot_name(std::string_view unique);

/// A snapshot of that name below the address of `live`, still without attributes.
Object final_snapshot_of(const LiveObject& live, const ResourceType& type, const std::string& name);

}  // namespace stackctl
