// How the portable kinds become Exoscale's objects: one file per family of kinds.
#pragma once

#include <span>

#include "stackctl/provider.h"

namespace stackctl::exoscale {

Lowered lower_address(const Declaration& declaration, const LoweringContext& context);
Lowered lower_affinity_group(const Declaration& declaration, const LoweringContext& context);
Lowered lower_api_key(const Declaration& declaration, const LoweringContext& context);
Lowered lower_bucket(const Declaration& declaration, const LoweringContext& context);
Lowered lower_cache(const Declaration& declaration, const LoweringContext& context);
Lowered lower_database(const Declaration& declaration, const LoweringContext& context);
Lowered lower_dns_record(const Declaration& declaration, const LoweringContext& context);
Lowered lower_dns_zone(const Declaration& declaration, const LoweringContext& context);
Lowered lower_iam_role(const Declaration& declaration, const LoweringContext& context);
Lowered lower_image(const Declaration& declaration, const LoweringContext& context);
Lowered lower_instance(const Declaration& declaration, const LoweringContext& context);
Lowered lower_instance_pool(const Declaration& declaration, const LoweringContext& context);
Lowered lower_key_pair(const Declaration& declaration, const LoweringContext& context);
Lowered lower_kubernetes_cluster(const Declaration& declaration, const LoweringContext& context);
Lowered lower_load_balancer(const Declaration& declaration, const LoweringContext& context);
Lowered lower_network(const Declaration& declaration, const LoweringContext& context);
Lowered lower_security_group(const Declaration& declaration, const LoweringContext& context);
Lowered lower_volume(const Declaration& declaration, const LoweringContext& context);
Lowered lower_volume_snapshot(const Declaration& declaration, const LoweringContext& context);

std::span<const Lowering> lowerings();

}  // namespace stackctl::exoscale
