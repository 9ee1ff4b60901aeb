// Load balancers of the first generation.
#pragma once

#include "stackctl/provider.h"

namespace stackctl::aws {

Lowered lower_classic_balancer(const Declaration& declaration, const LoweringContext& context);

}  // namespace stackctl::aws
