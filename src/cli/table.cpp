#include "cli/table.h"

#include <algorithm>

namespace stackctl::cli {
namespace {

std::size_t filled(const std::vector<Cell>& row) {
  std::size_t count = row.size();
  while (count > 0 && row[count - 1].text.empty()) --count;
  return count;
}

}  // namespace

Text Table::text(std::size_t indent) const {
  std::vector<std::size_t> widths;
  for (const std::vector<Cell>& row : rows_) {
    widths.resize(std::max(widths.size(), row.size()), 0);
    for (std::size_t i = 0; i < row.size(); ++i)
      widths[i] = std::max(widths[i], columns(row[i].text));
  }
  Text text;
  for (const std::vector<Cell>& row : rows_) {
    text.add(std::string(indent, ' '));
    const std::size_t count = filled(row);
    for (std::size_t i = 0; i < count; ++i) {
      text.add(row[i].text, row[i].label);
      if (i + 1 < count) text.add(std::string(widths[i] - columns(row[i].text) + 2, ' '));
    }
    text.line();
  }
  return text;
}

}  // namespace stackctl::cli
