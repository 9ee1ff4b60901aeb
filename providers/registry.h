// All providers of this program.
#pragma once

#include <span>

#include "stackctl/provider.h"

namespace stackctl::providers {

std::span<const Provider* const> all();

}  // namespace stackctl::providers
