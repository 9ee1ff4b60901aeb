// What of a database can change while it lives, and how AWS goes about that.
#pragma once

#include <string>
#include <vector>

#include "aws/api/api.h"
#include "stackctl/flow.h"
#include "stackctl/resource.h"

namespace stackctl::aws {

/// What AWS is about to make of the database counts as if it were there: so somebody else's change
/// is seen before it is done, and one's own is not asked for twice.
void show_pending(Map& shown);
/// Values that were asked for show as pending first, and later the state does.
std::string awaited_change(const Work& work, const LiveObject& live);

/// AWS grows storage by a tenth at least.
bool is_rounded_up(const Value& desired, const Value& live);

std::vector<Call> change_database(const Api& api, const Work& work, const LiveObject& live);
/// The call that lets a protected one be removed.
std::vector<Call> lift_protection(const Api& api, const LiveObject& live);

}  // namespace stackctl::aws
