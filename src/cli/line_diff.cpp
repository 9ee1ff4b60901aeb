#include "cli/line_diff.h"

#include <algorithm>
#include <cstddef>

#include "cli/style.h"
#include "stackctl/text.h"

namespace stackctl::cli {
namespace {

using Lines = std::vector<std::string>;

constexpr std::size_t kMostLines = 24;
/// The table of the longest common subsequence is quadratic: beyond this the middle counts as new.
constexpr std::size_t kMostCells = 4'000'000;

Lines lines_of(std::string_view text) {
  Lines lines = split(text, '\n');
  if (!lines.empty() && lines.back().empty()) lines.pop_back();
  return lines;
}

void append(std::vector<DiffLine>& out, char sign, const Lines& lines, std::size_t begin,
            std::size_t end) {
  for (std::size_t i = begin; i < end; ++i) out.push_back({sign, lines[i]});
}

/// The part between the common start and the common end, by longest common subsequence.
class Middle {
 public:
  Middle(const Lines& before, std::size_t before_end, const Lines& after, std::size_t after_end,
         std::size_t begin)
      : before_(before),
        after_(after),
        begin_(begin),
        rows_(before_end - begin),
        columns_(after_end - begin) {}

  void append_to(std::vector<DiffLine>& out) {
    if (rows_ * columns_ > kMostCells) {
      append(out, '-', before_, begin_, begin_ + rows_);
      append(out, '+', after_, begin_, begin_ + columns_);
      return;
    }
    fill();
    std::size_t row = 0;
    std::size_t column = 0;
    while (row < rows_ || column < columns_) {
      if (row < rows_ && column < columns_ && same(row, column)) {
        out.push_back({' ', before_[begin_ + row]});
        ++row, ++column;
      } else if (column == columns_ ||
                 (row < rows_ && at(row + 1, column) >= at(row, column + 1))) {
        out.push_back({'-', before_[begin_ + row++]});
      } else {
        out.push_back({'+', after_[begin_ + column++]});
      }
    }
  }

 private:
  bool same(std::size_t row, std::size_t column) const {
    return before_[begin_ + row] == after_[begin_ + column];
  }
  std::size_t& at(std::size_t row, std::size_t column) {
    return lengths_[row * (columns_ + 1) + column];
  }
  /// `at(r, c)`: how long the common subsequence of what follows row r and column c is.
  void fill() {
    lengths_.assign((rows_ + 1) * (columns_ + 1), 0);
    for (std::size_t row = rows_; row-- > 0;)
      for (std::size_t column = columns_; column-- > 0;)
        at(row, column) = same(row, column) ? at(row + 1, column + 1) + 1
                                            : std::max(at(row + 1, column), at(row, column + 1));
  }

  const Lines& before_;
  const Lines& after_;
  std::size_t begin_;
  std::size_t rows_;
  std::size_t columns_;
  std::vector<std::size_t> lengths_;
};

std::vector<DiffLine> all_lines(const Lines& before, const Lines& after) {
  std::size_t begin = 0;
  const std::size_t shorter = std::min(before.size(), after.size());
  while (begin < shorter && before[begin] == after[begin]) ++begin;
  std::size_t tail = 0;
  while (tail < shorter - begin &&
         before[before.size() - 1 - tail] == after[after.size() - 1 - tail])
    ++tail;
  std::vector<DiffLine> all;
  append(all, ' ', before, 0, begin);
  Middle(before, before.size() - tail, after, after.size() - tail, begin).append_to(all);
  append(all, ' ', before, before.size() - tail, before.size());
  return all;
}

bool near_a_change(const std::vector<DiffLine>& lines, std::size_t i) {
  const std::size_t first = i == 0 ? 0 : i - 1;
  const std::size_t last = std::min(i + 1, lines.size() - 1);
  for (std::size_t j = first; j <= last; ++j)
    if (lines[j].sign != ' ') return true;
  return false;
}

}  // namespace

std::vector<DiffLine> line_diff(std::string_view before, std::string_view after, bool whole) {
  std::vector<DiffLine> all = all_lines(lines_of(before), lines_of(after));
  if (whole) return all;
  std::vector<DiffLine> shown;
  std::size_t left_out = 0;
  const auto remark = [&] {
    if (left_out > 0)
      shown.push_back({'.', "# (" + counted(left_out, "unchanged line") + " hidden)"});
    left_out = 0;
  };
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (!near_a_change(all, i)) {
      ++left_out;
      continue;
    }
    remark();
    if (shown.size() >= kMostLines) {
      shown.push_back({'.', "# (" + counted(all.size() - i, "more line") + "; see --details)"});
      return shown;
    }
    shown.push_back(all[i]);
  }
  remark();
  return shown;
}

}  // namespace stackctl::cli
