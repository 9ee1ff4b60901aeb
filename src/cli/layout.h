// A layered drawing from left to right: where boxes stand and which way arrows take.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

namespace stackctl::cli {

struct Point {
  double x = 0;
  double y = 0;
};

struct Box {
  double width = 0;
  double height = 0;
  Point centre;  ///< set by the layout
};

struct Drawing {
  std::vector<Box> boxes;
  /// One for each edge: from the right side of a box, past the boxes between, to the left side of
  /// another.
  std::vector<std::vector<Point>> paths;
  double width = 0;
  double height = 0;
};

/// `edges` lead from left to right. Edges of a cycle are drawn somehow.
Drawing lay_out(const std::vector<Box>& boxes,
                const std::vector<std::pair<std::size_t, std::size_t>>& edges);

}  // namespace stackctl::cli
