// Which objects of a listing are the one that a flow makes, and which another run made in its
// place.
#pragma once

#include <span>

#include "stackctl/flow.h"

namespace stackctl {

/// Whether it stands where the work wants one, whoever made it.
bool has_key(const Work& work, const LiveObject& object);

/// Whether it is what the create call makes, by whoever it was sent.
bool is_same(const Work& work, const LiveObject& object);

/// Of what is the same as `found`, the youngest. Where the create call told no id, any of them may
/// be ours, or be another run's; this is the one that is to go.
const LiveObject& youngest(const Work& work, const LiveObject& found,
                           std::span<const LiveObject> listed);

/// What a second run of the stack made at the same address, or null.
const LiveObject* rival(const Work& work, const LiveObject& ours,
                        std::span<const LiveObject> listed);

}  // namespace stackctl
