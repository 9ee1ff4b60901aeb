// All native types: a new one is one file, one line here, one line in the table.
#pragma once

#include <span>

#include "type.h"

namespace stackctl::exoscale {

extern const Type anti_affinity_group;
extern const Type api_key;
extern const Type block_snapshot;
extern const Type block_volume;
extern const Type bucket;
extern const Type builder;
extern const Type database;
extern const Type database_user;
extern const Type deploy_target;
extern const Type dns_domain;
extern const Type dns_record;
extern const Type elastic_ip;
extern const Type iam_role;
extern const Type image_template;
extern const Type instance;
extern const Type instance_pool;
extern const Type instance_type;
extern const Type load_balancer;
extern const Type mysql;
extern const Type nlb_service;
extern const Type postgres;
extern const Type private_network;
extern const Type security_group;
extern const Type security_group_rule;
extern const Type sks_cluster;
extern const Type sks_nodepool;
extern const Type sks_version;
extern const Type snapshot;
extern const Type ssh_key;
extern const Type valkey;

std::span<const Type* const> types();
std::span<const ResourceType* const> resource_types();
/// The type that `resource` is the table of; it must come from `resource_types`.
const Type& type_of(const ResourceType& resource);

}  // namespace stackctl::exoscale
