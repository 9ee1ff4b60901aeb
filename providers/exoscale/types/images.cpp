#include "images.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "stackctl/text.h"

namespace stackctl::exoscale {
namespace {

struct Known {
  std::string_view name;
  std::string_view own;  ///< as Exoscale's catalogue has it
};
constexpr std::array kKnown = {
    Known{"debian-11", "Linux Debian 11 (Bullseye) 64-bit"},
    Known{"debian-12", "Linux Debian 12 (Bookworm) 64-bit"},
    Known{"debian-13", "Linux Debian 13 (Trixie) 64-bit"},
    Known{"ubuntu-20.04", "Linux Ubuntu 20.04 LTS 64-bit"},
    Known{"ubuntu-22.04", "Linux Ubuntu 22.04 LTS 64-bit"},
    Known{"ubuntu-24.04", "Linux Ubuntu 24.04 LTS 64-bit"},
};

}  // namespace

Map image_lookup(const std::string& name) {
  if (is_uuid(name)) return {{"id", name}};
  const auto known = std::ranges::find(kKnown, name, &Known::name);
  if (known == kKnown.end()) return {{"name", name}};
  return {{"name", known->own}, {"visibility", "public"}};
}

}  // namespace stackctl::exoscale
