#include "exoscale/types/types.h"
#include "health_check.h"
#include "lowering_tools.h"
#include "lowerings.h"

namespace stackctl::exoscale {

Lowered lower_address(const Declaration& declaration, const LoweringContext& context) {
  Lowered lowered;
  const Value& given = declaration.attributes;
  Draft address(declaration.address, elastic_ip.resource);
  address.set("name", context.physical_name(declaration.address));
  address.set("addressfamily", given["ipv6"] == Value(true) ? "inet6" : "inet4", "ipv6");
  address.set("description", given["description"]);
  address.set("labels", given["labels"]);
  address.set("reverse-dns", given["reverse_dns"], "reverse_dns");
  if (const Value& health = given["health"]; !health.is_null()) {
    Map check = health_check(health, {}, "health", lowered.faults);
    check.emplace("strikes-fail", health["retries"]);
    address.set("managed", true, "health");
    address.set("healthcheck", std::move(check), "health");
  }
  set_native(address, declaration, {}, lowered.faults);
  lowered.objects.push_back(std::move(address).finish());
  lowered.outputs = {{"", refer(declaration.address)},
                     {"id", refer(declaration.address)},
                     {"address", refer(declaration.address, "ip")},
                     {"cidr", refer(declaration.address, "cidr")}};
  return lowered;
}

}  // namespace stackctl::exoscale
