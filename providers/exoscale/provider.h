// Exoscale, API v2.
#pragma once

#include "stackctl/provider.h"

namespace stackctl::exoscale {

extern const Provider provider;

}  // namespace stackctl::exoscale
