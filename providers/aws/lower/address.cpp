#include "aws/types/types.h"
#include "lowering_tools.h"
#include "lowerings.h"

namespace stackctl::aws {

Lowered lower_address(const Declaration& declaration, const LoweringContext& context) {
  Lowered lowered;
  const Value& given = declaration.attributes;
  const auto refuse = [&](const char* name, const char* why) {
    lowered.faults.push_back(fault_at(name, why, "leave it out"));
  };
  if (given["ipv6"] == Value(true)) refuse("ipv6", "lasting addresses are IPv4 on AWS");
  if (!given["health"].is_null()) refuse("health", "lasting addresses have no health on AWS");
  if (!given["reverse_dns"].is_null())
    refuse("reverse_dns", "reverse names of addresses are not kept on AWS yet");
  if (!given.text_at("description").empty())
    refuse("description", "lasting addresses have no description on AWS");
  Draft address(declaration.address, elastic_ip.resource);
  address.set("Name", context.physical_name(declaration.address), "name");
  address.set("Tags", given["labels"], "labels");
  set_native(address, declaration, {}, lowered.faults);
  lowered.objects.push_back(std::move(address).finish());
  lowered.outputs = {{"", refer(declaration.address)},
                     {"id", refer(declaration.address)},
                     {"address", refer(declaration.address, "PublicIp")},
                     {"cidr", refer(declaration.address, "cidr")}};
  return lowered;
}

}  // namespace stackctl::aws
