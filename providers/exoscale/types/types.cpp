#include "types.h"

#include <array>

#include "stackctl/type_table.h"

namespace stackctl::exoscale {
namespace {

constexpr std::array kTypes = {
    &security_group, &security_group_rule,
    &ssh_key,        &anti_affinity_group,
    &instance,       &instance_pool,
    &load_balancer,  &nlb_service,
    &image_template, &instance_type,
    &builder,        &snapshot,
    &deploy_target,  &mysql,
    &postgres,       &valkey,
    &database,       &database_user,
    &dns_domain,     &dns_record,
    &bucket,         &iam_role,
    &api_key,        &sks_cluster,
    &sks_nodepool,   &private_network,
    &elastic_ip,     &block_volume,
    &block_snapshot, &sks_version,
};

constexpr auto kResourceTypes = resource_types_of<kTypes>();

}  // namespace

std::span<const Type* const> types() { return kTypes; }

std::span<const ResourceType* const> resource_types() { return kResourceTypes; }

const Type& type_of(const ResourceType& resource) { return *type_with(kTypes, resource); }

}  // namespace stackctl::exoscale
