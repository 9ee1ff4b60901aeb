#include "kinds/kinds.h"

#include <array>

namespace stackctl::kinds {

std::span<const Kind* const> all() {
  static constexpr std::array kinds = {
      &image, &instance, &instance_pool, &key_pair, &load_balancer, &security_group,
  };
  return kinds;
}

}  // namespace stackctl::kinds
