// The attributes that every kind of virtual machine has.
#pragma once

#include "stackctl/schema.h"

namespace stackctl::kinds {

/// `own` behind what a single instance and the members of a pool have in common.
Schema with_machine(Schema own);

}  // namespace stackctl::kinds
