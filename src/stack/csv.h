// Comma-separated values.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "stackctl/diagnostic.h"

namespace stackctl::stack {

using CsvRow = std::vector<std::string>;

/// The rows of RFC 4180: fields in quotes may hold commas, line ends and doubled quotes. Empty
/// lines are skipped.
Result<std::vector<CsvRow>> parse_csv(std::string_view text);

}  // namespace stackctl::stack
