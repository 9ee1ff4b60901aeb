// The members of an instance pool: who they are, how they are, and how those with old settings are
// replaced. The cloud gives new settings to new members only. Which members are old can be told by
// their names: the pool's name prefix ends with a digest of its settings, and a member keeps the
// prefix under which it was made.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "operations.h"
#include "stackctl/flow.h"
#include "stackctl/resource.h"

namespace stackctl::exoscale {

/// Adds what `listed` (pools, instances, load balancers) tells of the members of `pool` to its
/// attributes: `members`, `addresses`, `stale-members`. The digest leaves `instance-prefix`.
void take_members(LiveObject& pool, const Value& item, const Value& listed);

/// Of what a stack file may declare: the digest comes behind it.
inline constexpr std::size_t kLongestPrefix = 22;

/// "web-g1a2b3c": the declared prefix with a digest of what members are made of.
std::string member_prefix(const Work& work);

/// Whether members made before `attribute` changed are other than those made after.
bool shapes_members(std::string_view attribute);

/// The next call that brings the pool nearer to its size and its members to its settings; none
/// while `awaited_members` says what has to come first, or when nothing is to be done.
std::vector<Call> next_move(const Api& api, const Work& work, const LiveObject& pool);

/// What replacing members waits for, or nothing.
std::string awaited_members(const Work& work, const LiveObject& pool);

}  // namespace stackctl::exoscale
