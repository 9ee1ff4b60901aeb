// Whether what a listing showed can be what its table says. An object that looks unlike anything
// that the cloud makes must not be taken for one that differs, or for none.
#pragma once

#include <string_view>
#include <vector>

#include "stackctl/diagnostic.h"
#include "stackctl/resource.h"

namespace stackctl {

/// Whether `id` can stand in a path: one step of it, without control characters, no "..".
bool is_identity(std::string_view id);

/// Takes out objects whose id cannot be used or is there twice, and reports those that cannot be
/// compared: where the mark should be stands something else, or one of a stack is not as its schema
/// says. Faults are errors where a plan made without the object could make it again.
void check_shapes(const ResourceType& type, std::vector<LiveObject>& objects, Diagnostics& faults);

}  // namespace stackctl
