#include "route_name.h"

#include <algorithm>

namespace stackctl::aws {

std::string route_name(std::string_view block) {
  if (block == "0.0.0.0/0") return "default";
  std::string name(block);
  std::ranges::replace(name, '/', '-');  // which separates the parts of addresses
  return name;
}

}  // namespace stackctl::aws
