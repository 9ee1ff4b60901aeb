// All native types: a new one is one file, one line here, one line in the table.
#pragma once

#include <span>

#include "type.h"

namespace stackctl::aws {

extern const Type auto_scaling_group;
extern const Type builder;
extern const Type certificate;
extern const Type dns_record;
extern const Type dns_zone;
extern const Type ebs_snapshot;
extern const Type ebs_volume;
extern const Type elastic_ip;
extern const Type iam_policy;
extern const Type iam_role;
extern const Type image;
extern const Type instance;
extern const Type instance_profile;
extern const Type internet_gateway;
extern const Type key_pair;
extern const Type launch_template;
extern const Type listener;
extern const Type listener_rule;
extern const Type load_balancer;
extern const Type nat_gateway;
extern const Type published_image;
extern const Type route;
extern const Type route_table;
extern const Type route_table_association;
extern const Type scaling_policy;
extern const Type security_group;
extern const Type security_group_rule;
extern const Type subnet;
extern const Type target_attachment;
extern const Type target_group;
extern const Type target_registration;
extern const Type db_instance;
extern const Type db_parameter_group;
extern const Type db_snapshot;
extern const Type db_subnet_group;
extern const Type classic_attachment;
extern const Type classic_load_balancer;
extern const Type cache_cluster;
extern const Type cache_replication_group;
extern const Type cache_subnet_group;
extern const Type vpc;
extern const Type vpc_subnets;

std::span<const Type* const> types();
std::span<const ResourceType* const> resource_types();
/// The type that `resource` is the table of; it must come from `resource_types`.
const Type& type_of(const ResourceType& resource);

}  // namespace stackctl::aws
