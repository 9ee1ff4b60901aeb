// All that the simulated account has: adding a type adds one line to each list.
#include <array>

#include "simulator/type.h"

namespace stackctl::simulator {

extern const Type anti_affinity_groups;
extern const Type api_keys;
extern const Type block_storage;
extern const Type block_storage_snapshots;
extern const Type dbaas_catalogue;
extern const Type dbaas_mysql;
extern const Type dbaas_mysql_databases;
extern const Type dbaas_postgres;
extern const Type dbaas_postgres_databases;
extern const Type dbaas_services;
extern const Type dbaas_users;
extern const Type dbaas_valkey;
extern const Type deploy_targets;
extern const Type dns_domains;
extern const Type dns_records;
extern const Type elastic_ips;
extern const Type iam_roles;
extern const Type instance_pools;
extern const Type instance_types;
extern const Type instances;
extern const Type load_balancer_services;
extern const Type load_balancers;
extern const Type operations;
extern const Type private_networks;
extern const Type quotas;
extern const Type reverse_dns;
extern const Type security_group_rules;
extern const Type security_groups;
extern const Type sks_clusters;
extern const Type sks_nodepools;
extern const Type snapshots;
extern const Type ssh_keys;
extern const Type templates;
extern const Type zones;

std::span<const Type* const> types() {
  static constexpr std::array all{
      &operations,
      &instances,
      &instance_pools,
      &security_groups,
      &security_group_rules,
      &load_balancers,
      &load_balancer_services,
      &templates,
      &snapshots,
      &instance_types,
      &ssh_keys,
      &anti_affinity_groups,
      &deploy_targets,
      &private_networks,
      &elastic_ips,
      &reverse_dns,
      &block_storage,
      &block_storage_snapshots,
      &dns_domains,
      &dns_records,
      &iam_roles,
      &api_keys,
      &dbaas_catalogue,
      &dbaas_services,
      &dbaas_users,
      &dbaas_mysql,
      &dbaas_mysql_databases,
      &dbaas_postgres,
      &dbaas_postgres_databases,
      &dbaas_valkey,
      &sks_clusters,
      &sks_nodepools,
      &quotas,
      &zones,
  };
  return all;
}

}  // namespace stackctl::simulator
