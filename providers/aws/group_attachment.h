// What balances between the members of auto scaling groups bears the marks of these attachments.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api.h"
#include "stackctl/resource.h"

namespace stackctl::aws {

inline constexpr std::string_view kScalingGroup = "AutoScalingGroupName";

/// The groups of `listed` whose `list` ("TargetGroupARNs") names one of `parents`.
std::vector<LiveObject> attachments(const ResourceType& type, const Value& listed,
                                    std::string_view list, const std::vector<LiveObject>& parents,
                                    Diagnostics& faults);

/// Parameters of the calls that attach and detach.
Map attachment_parameters(const ResourceType& type, const Value& attributes, std::string_view list);

/// Ids of attachments are known before they are there.
std::string attachment_id(const Work& work, const Value& answer);

}  // namespace stackctl::aws
