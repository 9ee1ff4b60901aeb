// The shapes of the JSON records (docs/json-events.md).
#pragma once

#include <string>

#include "engine/executor.h"
#include "engine/plan.h"
#include "stackctl/clock.h"
#include "stackctl/diagnostic.h"
#include "stackctl/value.h"

namespace stackctl::cli {

/// Grows when a record loses a field or a field changes its meaning.
inline constexpr int kRecordFormat = 1;

/// "2026-08-30T12:00:00.250Z".
std::string timestamp(Time time);
double seconds(Duration duration);

Map fault_record(const Diagnostic& fault);
Map change_record(const engine::Change& change);
Value location_record(const Location& location);
Map plan_record(const engine::Plan& plan);
/// What names a step in every event about it: address, type, action.
Map step_record(const engine::Step& step);
Map report_record(const engine::Plan& plan, const engine::Report& report);

}  // namespace stackctl::cli
