// Zones: the account lives in one. Public, and answers with the address under which it was asked.
#include <array>

#include "simulator/type.h"

namespace stackctl::simulator {
namespace {

// The real API has its object storage elsewhere; a server of ours has it beside the API.
std::string storage_of(const std::string& origin, const std::string& zone) {
  return origin.ends_with(".exoscale.com") ? "https://sos-" + zone + ".exo.io" : origin + "/sos";
}

// Clients take the endpoint of a zone from this answer, so it must lead back to us.
Answer list_zones(Call& call) {
  const std::string& zone = call.account.settings().zone;
  const Json home{{"id", stable_id("zone " + zone)},
                  {"name", zone},
                  {"api-endpoint", call.origin + "/v2"},
                  {"sos-endpoint", storage_of(call.origin, zone)}};
  return {.body = {{"zones", Json::array({home})}}};
}

constexpr std::array routes{
    Route{.method = "GET", .path = "/zone", .handler = list_zones, .is_public = true},
};

}  // namespace

extern const Type zones;
const Type zones{.routes = routes};

}  // namespace stackctl::simulator
