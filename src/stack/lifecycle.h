// The keys of a resource's life, read for one of its instances.
#pragma once

#include "stack/attribute.h"
#include "stack/context.h"
#include "stack/references.h"
#include "stackctl/resource.h"

namespace stackctl::stack {

/// Checks the lifecycle keys in the body of `resource`; what is faulty is reported and left out.
Lifecycle read_lifecycle(const Entry& resource, const Kind& kind, const KindOf& kind_of,
                         const Scope& scope, Context& context, Places::Members& locations);

/// What `existing` says, as a map of texts; null when the resource has no such key, an empty map
/// after a report.
Value read_existing(const Entry& resource, const Kind& kind, const Scope& scope, Context& context);

}  // namespace stackctl::stack
