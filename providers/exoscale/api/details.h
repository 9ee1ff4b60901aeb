// What no listing tells of instances and elastic IPs: who has which elastic IP, reverse DNS, and
// the size of a disk while it is being changed. It is read object by object, but only from objects
// with a label that says that there is something.
#pragma once

#include <string_view>
#include <vector>

#include "operations.h"
#include "stackctl/flow.h"
#include "stackctl/resource.h"

namespace stackctl::exoscale::details {

/// The labels of an object: the user's, the mark, and which late attributes `work` declares.
Value labels(const Work& work, const Mark& mark);

/// Whether `work` declares a late attribute that is not read of `live` yet, for want of the label,
/// or is about to change a size that cannot be changed twice.
bool is_news(const Work& work, const LiveObject& live);
/// The labels that have it read from now on; the memory in the mark stays as it was.
Value announcement(const Work& work, const LiveObject& live);

/// See `Listing::follow`.
Value follow_list(const Api& api, const Call& call, const Value& answer, std::vector<Call>& more);

/// Adds what was read of `live`, shown by `item` of a listing.
void take(LiveObject& live, const Value& item, const Value& listed);

/// The name that an address resolves to; late.
Attribute reverse_dns();
/// `noun` is "instance" or "elastic-ip".
void change_reverse_dns(const Api& api, std::string_view noun, const Work& work,
                        const LiveObject& live, std::vector<Call>& calls);

}  // namespace stackctl::exoscale::details
