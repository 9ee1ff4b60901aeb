// The keys that every resource may have beside those of its kind, as tables.
#pragma once

#include "stackctl/resource.h"
#include "stackctl/schema.h"

namespace stackctl::stack {

/// Those that say what a resource is and where it comes from. `count` is one of them only where the
/// kind has no attribute of that name.
const Schema& identity_keys();

/// Those of a resource's life (see `Lifecycle`). Two of them have a short form that the table does
/// not show: `ignore_changes: all`, and a hook's `command: TEXT` for the shell.
const Schema& lifecycle_keys();

/// What may tell an existing object of `kind`: its id, its name, those attributes that are texts.
Schema existing_keys(const Kind& kind);

}  // namespace stackctl::stack
