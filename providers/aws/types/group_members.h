// The members of auto scaling groups, and how they are replaced.
#pragma once

#include <string>

#include "aws/api/api.h"
#include "stackctl/flow.h"

namespace stackctl::aws {

/// Adds the members of the group in `item`, and what follows from them, to `shown`.
void add_members(Map& shown, const Value& item, const Value& listed);

/// Adds how many members a group lacks of those that it must have at least: what it has above that
/// is its policies' business, and moves by itself.
void count_missing(LiveObject& group, const Value& item);

/// What is to happen before all members that are wanted are in service.
std::string awaited_members(const Work& work, const LiveObject& live);

/// The calls that replace the members with old settings, a few at a time.
std::vector<Call> refresh_members(const Api& api, const Work& work, const LiveObject& live);
/// How these go on: a refresh is over when AWS says so, and fails when it says that.
Progress follow_refresh(const Api& api, const Work& work, const Call& call, const Value& answer);

/// A removed group is gone with the last of its members: until then they hold subnets and groups.
Progress follow_removal(const Api& api, const Work& work, const Call& call, const Value& answer);

}  // namespace stackctl::aws
