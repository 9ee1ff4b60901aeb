// What a step's flow has to achieve, beyond what the plan says of it.
#pragma once

#include "engine/plan.h"
#include "engine/spec.h"
#include "stackctl/diagnostic.h"
#include "stackctl/flow.h"

namespace stackctl::engine {

/// Of a removal: where lists do not show that the cloud has been told to refuse it, the mark does.
Work without_protection(Work work);

/// Of a create: its call's mark tells nothing of what only later calls set.
void note_late(Work& work, const Step& step, const SpecKey& key);

/// Of an update: the final diff, since values known after apply are known by now. A fault when it
/// would have to be a replacement.
Result<Work> with_changes(Work work, const Step& step, const SpecKey& key);

}  // namespace stackctl::engine
