#include "lowerings.h"

#include <array>

namespace stackctl::exoscale {

std::span<const Lowering> lowerings() {
  static constexpr std::array table = {
      Lowering{"address", lower_address},
      Lowering{"affinity_group", lower_affinity_group},
      Lowering{"api_key", lower_api_key},
      Lowering{"bucket", lower_bucket},
      Lowering{"cache", lower_cache},
      Lowering{"database", lower_database},
      Lowering{"dns_record", lower_dns_record},
      Lowering{"dns_zone", lower_dns_zone},
      Lowering{"iam_role", lower_iam_role},
      Lowering{"image", lower_image},
      Lowering{"instance", lower_instance},
      Lowering{"instance_pool", lower_instance_pool},
      Lowering{"key_pair", lower_key_pair},
      Lowering{"kubernetes_cluster", lower_kubernetes_cluster},
      Lowering{"load_balancer", lower_load_balancer},
      Lowering{"network", lower_network},
      Lowering{"security_group", lower_security_group},
      Lowering{"volume", lower_volume},
      Lowering{"volume_snapshot", lower_volume_snapshot},
  };
  return table;
}

}  // namespace stackctl::exoscale
