// Zones: the account lives in one. Public, and answers with the address under which it was asked.
#include <array>

#include "simulator/type.h"

namespace stackctl::simulator {
namespace {

// Clients take the endpoint of a zone from this answer, so it must lead back to us.
Answer list_zones(Call& call) {
  const std::string& zone = call.account.settings().zone;
  const Json home{{"id", stable_id("zone " + zone)},
                  {"name", zone},
                  {"api-endpoint", call.origin + "/v2"},
                  {"sos-endpoint", "https://sos-" + zone + ".exo.io"}};
  return {.body = {{"zones", Json::array({home})}}};
}

constexpr std::array routes{
    Route{.method = "GET", .path = "/zone", .handler = list_zones, .is_public = true},
};

}  // namespace

extern const Type zones;
const Type zones{.routes = routes};

}  // namespace stackctl::simulator
