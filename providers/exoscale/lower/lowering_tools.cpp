#include "lowering_tools.h"

#include <algorithm>

#include "stackctl/text.h"

namespace stackctl::exoscale {

std::string host_name(std::string_view physical_name) {
  std::string name = to_lower(physical_name);
  std::ranges::replace_if(
      name, [](char c) { return !((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'); },
      '-');
  while (name.ends_with('-')) name.pop_back();
  return name;
}

}  // namespace stackctl::exoscale
