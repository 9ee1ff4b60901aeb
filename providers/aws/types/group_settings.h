// What a group's schema says in other words than its API.
#pragma once

#include "aws/api/api.h"
#include "stackctl/flow.h"

namespace stackctl::aws {

/// Gives `shown`, which is the group `item`, what the schema has: subnets apart, and its members.
void group_as_schema_has_it(Map& shown, const Value& item, const Value& listed);

/// Turns attributes into parameters: subnets in one text, the template's members together, and
/// nothing of what only says how members are replaced.
void as_group_takes_it(Map& parameters, const Api& api, const Work& work);
/// The same, with tags: members get those as well, but not the mark.
void as_new_group_takes_it(Map& parameters, const Api& api, const Work& work);

}  // namespace stackctl::aws
