#include <algorithm>

#include "stackctl/provider.h"

namespace stackctl {

std::string LoweringContext::physical_name(std::string_view address) const {
  std::string name = stack + "-" + std::string(address);
  std::ranges::replace(name, '/', '-');
  return name;
}

}  // namespace stackctl
