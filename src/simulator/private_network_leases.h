// Instances in private networks, and the addresses that managed networks lease to them.
#pragma once

#include "simulator/type.h"

namespace stackctl::simulator {

/// Why `start-ip`, `end-ip` and `netmask` of `network` are no range. None of the three is well.
std::optional<Answer> check_range(const Json& network);

/// Whether the network has a range. Leases exist in such networks only.
bool is_managed(const Json& network);

/// Why `instance` cannot have the address `ip` in `network`; an empty `ip` is any free one.
std::optional<Answer> check_lease(Account& account, const Json& network, const Json& instance,
                                  const std::string& ip);

/// [{ip, instance-id}]
Json leases_of(Account& account, const Json& network);

/// Leases `ip` to the instance, or the first free address when `ip` is empty. Nothing happens in
/// an unmanaged network, or when no address is free.
void lease(Account& account, const Json& network, Json& instance, const std::string& ip);

/// Adds an interface to the instance, with a lease where the network is managed. One that is
/// attached already stays as it is.
void join_network(Account& account, const Json& network, Json& instance, const std::string& ip);

/// Removes the interface and its lease.
void leave_network(Json& instance, const std::string& network);

}  // namespace stackctl::simulator
