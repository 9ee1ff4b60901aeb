#include "lowerings.h"

#include <array>

namespace stackctl::exoscale {

std::span<const Lowering> lowerings() {
  static constexpr std::array table = {
      Lowering{"image", lower_image},
      Lowering{"instance", lower_instance},
      Lowering{"instance_pool", lower_instance_pool},
      Lowering{"key_pair", lower_key_pair},
      Lowering{"load_balancer", lower_load_balancer},
      Lowering{"security_group", lower_security_group},
  };
  return table;
}

}  // namespace stackctl::exoscale
