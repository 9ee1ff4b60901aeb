#include "types.h"

#include <algorithm>
#include <array>
#include <utility>

namespace stackctl::aws {
namespace {

constexpr std::array<const Type*, 36> kTypes = {
    &cache_replication_group,
    &cache_subnet_group,
    &classic_attachment,
    &classic_load_balancer,
    &db_instance,
    &db_parameter_group,
    &db_snapshot,
    &db_subnet_group,
    &auto_scaling_group,
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
    &load_balancer,
    &nat_gateway,
    &route,
    &route_table,
    &route_table_association,
    &scaling_policy,
    &security_group,
    &security_group_rule,
    &subnet,
    &target_attachment,
    &target_group,
    &vpc,
};

template <std::size_t... index>
constexpr auto tables(std::index_sequence<index...> /*all*/) {
  return std::array<const ResourceType*, sizeof...(index)>{&kTypes[index]->resource...};
}
constexpr auto kResourceTypes = tables(std::make_index_sequence<kTypes.size()>());

}  // namespace

std::span<const Type* const> types() { return kTypes; }

std::span<const ResourceType* const> resource_types() { return kResourceTypes; }

const Type& type_of(const ResourceType& resource) {
  return **std::ranges::find(kTypes, &resource, [](const Type* type) { return &type->resource; });
}

}  // namespace stackctl::aws
