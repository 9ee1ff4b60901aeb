#include "kinds/kinds.h"

#include <array>

namespace stackctl::kinds {

std::span<const Kind* const> all() {
  static constexpr std::array kinds = {
      &public_address, &affinity_group, &api_key,        &bucket,   &cache,
      &database,       &dns_record,     &dns_zone,       &exec,     &iam_role,
      &image,          &instance,       &instance_pool,  &key_pair, &kubernetes_cluster,
      &load_balancer,  &network,        &security_group, &volume,   &volume_snapshot,
  };
  return kinds;
}

}  // namespace stackctl::kinds
