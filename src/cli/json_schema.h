// The JSON schema of stack files, for editors.
#pragma once

#include <span>

#include "stackctl/provider.h"
#include "stackctl/resource.h"
#include "stackctl/value.h"

namespace stackctl::cli {

Value json_schema(std::span<const Kind* const> kinds, std::span<const Provider* const> providers);

}  // namespace stackctl::cli
