// What has to change on one object, and who changed it.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/spec.h"
#include "stackctl/resource.h"

namespace stackctl::engine {

/// Why live and desired differ, as far as the mark's spec tells.
enum class Cause {
  unknown,  ///< the object has no readable spec
  pending,  ///< the stack file changed since the last apply
  drift,    ///< the cloud changed since the last apply
  both,
};

struct Change {
  std::string attribute;  ///< of the native type
  Value before;           ///< null: absent, or not readable (see `before_unreadable`)
  Value after;            ///< null: removed; may be known only after apply
  bool before_unreadable = false;
  bool forces_replacement = false;
  Cause cause = Cause::unknown;
  Location location;  ///< where the stack file declares it
};

/// Compares only what the stack file declares, what has a default, and what was declared at the
/// last apply and no longer is. `desired` may hold values known after apply. Attributes named in
/// `left_alone` are passed over.
std::vector<Change> diff(const ResourceType& type, const Value& desired, const LiveObject& live,
                         const SpecKey& key, const std::set<std::string>& left_alone = {});

}  // namespace stackctl::engine
