// What an apply could not have been faster than.
#pragma once

#include <cstddef>
#include <vector>

#include "engine/dispatcher.h"
#include "engine/executor.h"
#include "engine/plan.h"

namespace stackctl::engine {

/// Steps, first to last, each of which began when the one before ended, up to the one that ended
/// last.
std::vector<std::size_t> critical_path(const Plan& plan, const std::vector<StepResult>& results);

/// The longest chain of steps that wait for one another, by the time that each took.
Duration longest_chain(const Plan& plan, const Report& report);

/// The time that the calls between two counts take at the limits of their lanes, less what these
/// let through at once. The slowest lane counts.
Duration rate_bound(const LaneCounts& before, const LaneCounts& after);

/// The longer of the longest chain and the time that the limits impose: no apply of this plan with
/// these calls could have been faster.
Duration lower_bound(const Plan& plan, const Report& report);

}  // namespace stackctl::engine
