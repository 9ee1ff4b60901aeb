// What balances between the members of auto scaling groups bears the marks of these attachments.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "aws/api/api.h"
#include "stackctl/resource.h"

namespace stackctl::aws {

/// The table of attachments to `parent`, an attribute that refers to what owns them. `listing` is
/// that of the owners.
ResourceType attachment_table(std::string_view name, std::string_view help, const Attribute& parent,
                              std::string_view listing);

/// The groups of `listed` that name one of `parents`.
std::vector<LiveObject> attachments(const ResourceType& type, const Value& listed,
                                    const std::vector<LiveObject>& parents, Diagnostics& faults);

/// Calls take a list of owners (`Creation::prepare`, `Removal::prepare`).
void attach_to(Map& parameters, const Api& api, const Work& work);
void detach_from(Map& parameters, const LiveObject& live);

/// Ids of attachments are known before they are there.
std::string attachment_id(const Work& work, const Value& answer);

}  // namespace stackctl::aws
