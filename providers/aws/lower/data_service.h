// What managed databases and caches have in common.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "stackctl/lowering.h"
#include "stackctl/provider.h"

namespace stackctl::aws {

/// "db.t3.small" for "small"; `family` is "db" or "cache". What is neither a size nor of the family
/// becomes a fault.
Value node_type(const Value& plan, std::string_view family, Diagnostics& faults);

/// Those that were given, and one for what `allow` lets in: at least one, so that AWS does not take
/// a group of its own.
Value groups_around(const Declaration& declaration, const LoweringContext& context,
                    const Value& port, Lowered& lowered);

/// "sun:03:00-sun:03:30" of {day: sunday, time: "03:00"}; null of the day never.
Value weekly_window(const Value& maintenance, std::int64_t minutes);
/// "02:00-02:30" of {hour: 2, minute: 0}.
Value daily_window(const Value& backup, std::int64_t minutes);

}  // namespace stackctl::aws
