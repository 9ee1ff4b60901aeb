// Where a volume is attached, and how it gets from one instance to another.
#pragma once

#include <vector>

#include "aws/api/api.h"
#include "stackctl/flow.h"
#include "stackctl/resource.h"

namespace stackctl::aws {

/// Adds to `shown`, a volume as EC2 lists it, the instance that has it or is about to. On its way
/// to or from it, the volume is "modifying".
void show_attachment(Map& shown, const Value& item, const Value& listed);
/// Whether it is more than the system disk of an instance.
bool is_data_volume(const Value& shown, const Value& listed);

/// The calls that attach it as `work` wants. It moves in two steps: the end of the first is waited
/// for.
std::vector<Call> change_attachment(const Api& api, const Work& work, const LiveObject& live);
/// The call before it can go, if it is attached.
std::vector<Call> detach_volume(const Api& api, const LiveObject& live);
/// How that one goes on.
Progress follow_detachment(const Api& api, const Work& work, const Call& call, const Value& answer);

}  // namespace stackctl::aws
