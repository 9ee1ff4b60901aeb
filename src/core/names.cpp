#include <algorithm>

#include "stackctl/address.h"
#include "stackctl/provider.h"

namespace stackctl {

std::string LoweringContext::physical_name(std::string_view address) const {
  std::string name = plain_address(address);
  std::ranges::replace(name, '/', '-');
  return stack + "-" + name;
}

}  // namespace stackctl
