// The members of an instance pool, or of a node pool of Kubernetes: who they are, how they are, and
// how those with old settings are replaced. The cloud gives new settings to new members only. Which
// members are old can be told by their names: the pool's name prefix ends with a digest of its
// settings, and a member keeps the prefix under which it was made.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "stackctl/flow.h"
#include "stackctl/resource.h"

namespace stackctl::exoscale {

/// Adds what `listed` (instances, load balancers) tells of the members of `pool` to its attributes:
/// `members`, `addresses`, `stale-members`. The digest leaves `instance-prefix`. `item` is the
/// instance pool as the cloud shows it; members that visibly differ from it are old.
void take_members(LiveObject& pool, const Value& item, const Value& listed);

/// Of what a stack file may declare: the digest comes behind it.
inline constexpr std::size_t kLongestPrefix = 22;
Attribute instance_prefix(std::string_view help);

/// "web-g1a2b3c": the declared prefix with a digest of what members are made of.
std::string member_prefix(const Work& work);

/// Whether members made before `attribute` changed are other than those made after.
bool shapes_members(std::string_view attribute);

/// What brings a pool nearer to its size and its members to its settings.
struct Move {
  std::int64_t size = 0;  ///< to scale it to, where nobody is evicted
  List evicted = {};      ///< ids of members
};

/// None while `awaited_members` says what has to come first, or when nothing is to be done.
std::optional<Move> next_move(const Work& work, const LiveObject& pool);

/// What replacing members waits for, or nothing.
std::string awaited_members(const Work& work, const LiveObject& pool);

}  // namespace stackctl::exoscale
