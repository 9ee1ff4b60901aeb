// Aligned columns.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "cli/style.h"

namespace stackctl::cli {

struct Cell {
  std::string text;
  Label label = Label::plain;
};

class Table {
 public:
  void add(std::vector<Cell> row) { rows_.push_back(std::move(row)); }
  /// One line for each row, two blanks between columns, none at the ends of lines.
  Text text(std::size_t indent) const;

 private:
  std::vector<std::vector<Cell>> rows_;
};

}  // namespace stackctl::cli
