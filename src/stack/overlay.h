// Documents laid over one another.
#pragma once

#include "stack/document.h"

namespace stackctl::stack {

/// `base` with `over` laid on top: maps are merged, anything else is replaced, and a null removes
/// the key that `base` has. Every node keeps its place.
Node overlay(Node base, Node over);

}  // namespace stackctl::stack
