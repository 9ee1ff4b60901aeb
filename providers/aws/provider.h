#pragma once

#include "stackctl/provider.h"

namespace stackctl::aws {

extern const Provider provider;

}  // namespace stackctl::aws
