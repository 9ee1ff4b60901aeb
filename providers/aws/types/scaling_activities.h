// What auto scaling groups have tried, and what came of it.
#pragma once

#include <optional>

#include "stackctl/diagnostic.h"
#include "stackctl/value.h"

namespace stackctl::aws {

/// Why members cannot be launched, by an answer to DescribeScalingActivities. AWS lists failures
/// for six weeks, and tries again by itself, perhaps in another zone. So a failure counts when it
/// is the last word, and an earlier answer, which left its own in `seen`, has shown another one
/// before it.
std::optional<Diagnostic> launch_failure(const Value& answer, Value& seen);

}  // namespace stackctl::aws
