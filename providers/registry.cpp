#include "registry.h"

#include <array>

#include "aws/provider.h"
#include "exoscale/provider.h"

namespace stackctl::providers {

std::span<const Provider* const> all() {
  static constexpr std::array providers = {
      &aws::provider,
      &exoscale::provider,
  };
  return providers;
}

}  // namespace stackctl::providers
