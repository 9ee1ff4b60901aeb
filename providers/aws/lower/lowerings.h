// What each portable kind becomes on AWS.
#pragma once

#include <span>

#include "stackctl/lowering.h"
#include "stackctl/provider.h"

namespace stackctl::aws {

Lowered lower_address(const Declaration& declaration, const LoweringContext& context);
Lowered lower_cache(const Declaration& declaration, const LoweringContext& context);
Lowered lower_database(const Declaration& declaration, const LoweringContext& context);
Lowered lower_dns_record(const Declaration& declaration, const LoweringContext& context);
Lowered lower_dns_zone(const Declaration& declaration, const LoweringContext& context);
Lowered lower_iam_role(const Declaration& declaration, const LoweringContext& context);
Lowered lower_image(const Declaration& declaration, const LoweringContext& context);
Lowered lower_instance(const Declaration& declaration, const LoweringContext& context);
Lowered lower_instance_pool(const Declaration& declaration, const LoweringContext& context);
Lowered lower_key_pair(const Declaration& declaration, const LoweringContext& context);
Lowered lower_load_balancer(const Declaration& declaration, const LoweringContext& context);
Lowered lower_network(const Declaration& declaration, const LoweringContext& context);
Lowered lower_security_group(const Declaration& declaration, const LoweringContext& context);
Lowered lower_volume(const Declaration& declaration, const LoweringContext& context);
Lowered lower_volume_snapshot(const Declaration& declaration, const LoweringContext& context);

std::span<const Lowering> lowerings();

}  // namespace stackctl::aws
