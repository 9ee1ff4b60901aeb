// Which templates a stack file means.
#pragma once

#include <string>

#include "stackctl/value.h"

namespace stackctl::exoscale {

/// The attributes of exoscale.template by which the one that is called `name` is looked up: an id,
/// a name that is known to all clouds ("debian-12"), or Exoscale's own.
Map image_lookup(const std::string& name);

}  // namespace stackctl::exoscale
