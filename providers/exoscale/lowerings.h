// How the portable kinds become Exoscale's objects: one file per family of kinds.
#pragma once

#include <span>

#include "stackctl/provider.h"

namespace stackctl::exoscale {

Lowered lower_image(const Declaration& declaration, const LoweringContext& context);
Lowered lower_instance(const Declaration& declaration, const LoweringContext& context);
Lowered lower_instance_pool(const Declaration& declaration, const LoweringContext& context);
Lowered lower_key_pair(const Declaration& declaration, const LoweringContext& context);
Lowered lower_load_balancer(const Declaration& declaration, const LoweringContext& context);
Lowered lower_security_group(const Declaration& declaration, const LoweringContext& context);

std::span<const Lowering> lowerings();

}  // namespace stackctl::exoscale
