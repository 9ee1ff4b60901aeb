// What an instance is put into and taken out of, one call each: security groups, elastic IPs,
// private networks. In first, so that traffic is never cut between.
#pragma once

#include <string_view>
#include <vector>

#include "exoscale/api/operations.h"
#include "stackctl/flow.h"
#include "stackctl/resource.h"

namespace stackctl::exoscale {

/// For `attribute` "security-groups" and "elastic-ips".
void change_memberships(const Api& api, std::string_view attribute, const Work& work,
                        const LiveObject& instance, std::vector<Call>& calls);

/// The attribute "private-networks" of instances: networks, and the addresses there.
Attribute private_networks();
/// Reads it from `item` of the instances and the leases of the networks in `listed`.
void take_networks(LiveObject& instance, const Value& item, const Value& listed);
void change_networks(const Api& api, const Work& work, const LiveObject& instance,
                     std::vector<Call>& calls);

}  // namespace stackctl::exoscale
