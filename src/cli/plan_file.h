// The text of a saved plan (docs/plan-file.md). Nothing here asks a cloud or touches a file.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/plan.h"
#include "engine/seen.h"
#include "stackctl/diagnostic.h"
#include "stackctl/value.h"

namespace stackctl::cli {

/// Grows when a field goes or changes its meaning.
inline constexpr int kPlanFileFormat = 1;

/// The whole file: `record` as JSON, with the key before all others that tells what it is.
std::string plan_file_text(Map record);
/// Whether it looks like one, whole or damaged.
bool is_plan_file(std::string_view text);
/// The checked record of a file that `is_plan_file`. `path` is for faults.
Result<Value> parse_plan_file(std::string_view text, const std::string& path);

Map options_record(const engine::PlanOptions& options, bool destroy);
engine::PlanOptions plan_options(const Value& options);

Value seen_record(const std::vector<engine::SeenObject>& objects);
std::vector<engine::SeenObject> seen_from(const Value& record);

}  // namespace stackctl::cli
