// The lines in which two texts differ.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace stackctl::cli {

struct DiffLine {
  char sign = ' ';  ///< '+', '-', ' ' for context, '.' for a remark about lines left out
  std::string text;
};

/// The differing lines with one line of context around them, cut off where it gets long; `whole`
/// keeps every line.
std::vector<DiffLine> line_diff(std::string_view before, std::string_view after, bool whole);

}  // namespace stackctl::cli
