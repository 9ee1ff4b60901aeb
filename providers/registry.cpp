#include "registry.h"

#include <array>

#include "exoscale/provider.h"

namespace stackctl::providers {

std::span<const Provider* const> all() {
  static constexpr std::array providers = {
      &exoscale::provider,
  };
  return providers;
}

}  // namespace stackctl::providers
