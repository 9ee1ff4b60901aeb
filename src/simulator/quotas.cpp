// Quotas: what an account may have, and has.
#include <array>

#include "simulator/type.h"

namespace stackctl::simulator {
namespace {

struct Quota {
  const char* resource;
  std::string_view type;
};
constexpr std::array quotas_of{
    Quota{"instance", "instance"},
    Quota{"network-load-balancer", "load-balancer"},
    Quota{"instance-pool", "instance-pool"},
    Quota{"anti-affinity-group", "anti-affinity-group"},
    Quota{"security-group", "security-group"},
};

Json describe(Account& account, const Quota& quota) {
  const auto used = static_cast<std::int64_t>(account.table(quota.type).size());
  return {{"resource", quota.resource}, {"usage", used}, {"limit", -1}};
}

Answer list_quotas(Call& call) {
  Json items = Json::array();
  for (const Quota& quota : quotas_of) items.push_back(describe(call.account, quota));
  return {.body = {{"quotas", std::move(items)}}};
}

Answer get_quota(Call& call) {
  for (const Quota& quota : quotas_of)
    if (call.id() == quota.resource) return {.body = describe(call.account, quota)};
  return refuse(404, "quota " + call.id() + " not found");
}

constexpr std::array routes{
    Route{.method = "GET", .path = "/quota", .handler = list_quotas},
    Route{.method = "GET", .path = "/quota/{entity}", .handler = get_quota},
};

}  // namespace

extern const Type quotas;
const Type quotas{.routes = routes};

}  // namespace stackctl::simulator
