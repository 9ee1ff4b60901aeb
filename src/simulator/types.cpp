// All that the simulated account has: adding a type adds one line to each list.
#include <array>

#include "simulator/type.h"

namespace stackctl::simulator {

extern const Type anti_affinity_groups;
extern const Type deploy_targets;
extern const Type instance_pools;
extern const Type instance_types;
extern const Type instances;
extern const Type load_balancer_services;
extern const Type load_balancers;
extern const Type operations;
extern const Type quotas;
extern const Type security_group_rules;
extern const Type security_groups;
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
      &instance_types,
      &ssh_keys,
      &anti_affinity_groups,
      &deploy_targets,
      &quotas,
      &zones,
  };
  return all;
}

}  // namespace stackctl::simulator
