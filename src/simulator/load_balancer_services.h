// Services of a network load balancer, as the balancer shows them.
#pragma once

#include "simulator/type.h"

namespace stackctl::simulator {

/// `service` with its members' health, as of now.
Json describe_service(Account& account, const Json& service);

}  // namespace stackctl::simulator
