// What `drift` found, for people and for programs.
#pragma once

#include <cstddef>
#include <string>

#include "cli/drift.h"
#include "cli/style.h"
#include "stackctl/value.h"

namespace stackctl::cli {

Text drift_text(const engine::Plan& plan, const Drift& drift);
Map drift_record(const engine::Plan& plan, const Drift& drift);
std::string drift_markdown(const engine::Plan& plan, const Drift& drift, std::size_t max_bytes);

}  // namespace stackctl::cli
