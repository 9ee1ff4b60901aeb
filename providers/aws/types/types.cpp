#include "types.h"

#include <array>

#include "stackctl/type_table.h"

namespace stackctl::aws {
namespace {

constexpr std::array kTypes = {
    &cache_cluster,
    &cache_replication_group,
    &cache_subnet_group,
    &classic_attachment,
    &classic_load_balancer,
    &db_instance,
    &db_parameter_group,
    &db_snapshot,
    &db_subnet_group,
    &auto_scaling_group,
    &builder,
    &certificate,
    &dns_record,
    &dns_zone,
    &ebs_snapshot,
    &ebs_volume,
    &elastic_ip,
    &iam_policy,
    &iam_role,
    &image,
    &instance,
    &instance_profile,
    &internet_gateway,
    &key_pair,
    &launch_template,
    &listener,
    &listener_rule,
    &load_balancer,
    &nat_gateway,
    &published_image,
    &route,
    &route_table,
    &route_table_association,
    &scaling_policy,
    &security_group,
    &security_group_rule,
    &subnet,
    &target_attachment,
    &target_group,
    &target_registration,
    &vpc,
    &vpc_subnets,
};

constexpr auto kResourceTypes = resource_types_of<kTypes>();

}  // namespace

std::span<const Type* const> types() { return kTypes; }

std::span<const ResourceType* const> resource_types() { return kResourceTypes; }

const Type& type_of(const ResourceType& resource) { return *type_with(kTypes, resource); }

}  // namespace stackctl::aws
