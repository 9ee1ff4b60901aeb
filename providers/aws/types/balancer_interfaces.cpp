#include "balancer_interfaces.h"

#include "aws/api/wire.h"

namespace stackctl::aws {

Progress until_interfaces_go(const Api& api, const Work& work, const Call& call,
                             const Value& answer, std::string_view name) {
  if (work.action != Action::remove) return Settled{};
  constexpr std::string_view look = "DescribeNetworkInterfaces";
  const bool is_free = items_of(answer["networkInterfaceSet"]).empty();
  if (action_of(call) == look && is_free) return Settled{};
  const std::string description = "ELB " + std::string(name);
  return Poll{api.read(ec2, look, Map{{"Filter", filters({{"description", description}})}}),
              "its interfaces to go"};
}

}  // namespace stackctl::aws
