#include "cli/layout.h"

#include <algorithm>
#include <limits>
#include <numeric>

namespace stackctl::cli {
namespace {

using Edges = std::vector<std::pair<std::size_t, std::size_t>>;

constexpr double kLayerGap = 64;
/// Many arrows between two layers need room to bend.
constexpr double kGapPerArrow = 2.5;
constexpr double kWidestGap = 160;
constexpr double kBoxGap = 18;
constexpr int kSweeps = 12;

/// Layer of each box: one more than that of the farthest box that leads to it.
std::vector<std::size_t> layers_of(std::size_t count, const Edges& edges) {
  std::vector<std::size_t> layer(count, 0);
  std::vector<std::size_t> missing(count, 0);
  for (const auto& [from, to] : edges) ++missing[to];
  std::vector<std::size_t> ready;
  for (std::size_t i = 0; i < count; ++i)
    if (missing[i] == 0) ready.push_back(i);
  while (!ready.empty()) {
    const std::size_t box = ready.back();
    ready.pop_back();
    for (const auto& [from, to] : edges) {
      if (from != box) continue;
      layer[to] = std::max(layer[to], layer[box] + 1);
      if (--missing[to] == 0) ready.push_back(to);
    }
  }
  return layer;
}

/// Moves boxes that nothing leads to next to the first one that needs them: shorter arrows.
void tighten(std::vector<std::size_t>& layer, const Edges& edges) {
  for (std::size_t box = 0; box < layer.size(); ++box) {
    std::size_t nearest = std::numeric_limits<std::size_t>::max();
    bool is_source = true;
    for (const auto& [from, to] : edges) {
      if (from == box) nearest = std::min(nearest, layer[to]);
      is_source = is_source && to != box;
    }
    if (is_source && nearest != std::numeric_limits<std::size_t>::max() && nearest > 0)
      layer[box] = nearest - 1;
  }
}

class Layout {
 public:
  Layout(const std::vector<Box>& boxes, const Edges& edges) : real_(boxes.size()) {
    layer_ = layers_of(real_, edges);
    tighten(layer_, edges);
    for (const Box& box : boxes) add_vertex(box);
    for (const auto& [from, to] : edges) add_chain(from, to);
    const std::size_t last = layer_.empty() ? 0 : *std::max_element(layer_.begin(), layer_.end());
    rows_.resize(last + 1);
    for (std::size_t i = 0; i < vertices_.size(); ++i) rows_[layer_[i]].push_back(i);
  }

  Drawing draw() {
    reduce_crossings();
    place_across();
    place_along();
    return result();
  }

 private:
  std::size_t add_vertex(Box box) {
    vertices_.push_back(box);
    left_.emplace_back();
    right_.emplace_back();
    return vertices_.size() - 1;
  }

  void link(std::size_t from, std::size_t to) {
    right_[from].push_back(to);
    left_[to].push_back(from);
  }

  /// An edge over several layers passes a vertex without size in each between.
  void add_chain(std::size_t from, std::size_t to) {
    std::vector<std::size_t> chain = {from};
    for (std::size_t layer = layer_[from] + 1; layer < layer_[to]; ++layer) {
      chain.push_back(add_vertex({}));
      layer_.push_back(layer);
    }
    chain.push_back(to);
    for (std::size_t i = 1; i < chain.size(); ++i) link(chain[i - 1], chain[i]);
    chains_.push_back(std::move(chain));
  }

  // --- order within the layers
  // --------------------------------------------------------------------

  std::vector<double> positions() const {
    std::vector<double> position(vertices_.size(), 0);
    for (const auto& row : rows_)
      for (std::size_t i = 0; i < row.size(); ++i) position[row[i]] = static_cast<double>(i);
    return position;
  }

  static double mean(const std::vector<std::size_t>& of, const std::vector<double>& values,
                     double otherwise) {
    if (of.empty()) return otherwise;
    const double sum =
        std::accumulate(of.begin(), of.end(), 0.0,
                        [&](double so_far, std::size_t i) { return so_far + values[i]; });
    return sum / static_cast<double>(of.size());
  }

  void sort_row(std::vector<std::size_t>& row, const std::vector<std::vector<std::size_t>>& side) {
    const std::vector<double> position = positions();
    std::vector<double> key(vertices_.size(), 0);
    for (const std::size_t i : row) key[i] = mean(side[i], position, position[i]);
    std::stable_sort(row.begin(), row.end(),
                     [&](std::size_t a, std::size_t b) { return key[a] < key[b]; });
  }

  std::size_t crossings() const {
    const std::vector<double> position = positions();
    std::size_t count = 0;
    for (const auto& row : rows_) {
      std::vector<std::pair<double, double>> links;
      for (const std::size_t i : row)
        for (const std::size_t j : right_[i]) links.emplace_back(position[i], position[j]);
      for (std::size_t a = 0; a < links.size(); ++a)
        for (std::size_t b = a + 1; b < links.size(); ++b)
          count += (links[a].first - links[b].first) * (links[a].second - links[b].second) < 0;
    }
    return count;
  }

  /// Barycentre sweeps to and fro; the best order seen wins.
  void reduce_crossings() {
    auto best = rows_;
    std::size_t fewest = crossings();
    for (int sweep = 0; sweep < kSweeps && fewest > 0; ++sweep) {
      if (sweep % 2 == 0)
        for (std::size_t row = 1; row < rows_.size(); ++row) sort_row(rows_[row], left_);
      else
        for (std::size_t row = rows_.size() - 1; row-- > 0;) sort_row(rows_[row], right_);
      const std::size_t now = crossings();
      if (now >= fewest) continue;
      fewest = now;
      best = rows_;
    }
    rows_ = best;
  }

  // --- places
  // -------------------------------------------------------------------------------------

  double distance(std::size_t above, std::size_t below) const {
    return (vertices_[above].height + vertices_[below].height) / 2 + kBoxGap;
  }

  /// As near to `wish` as order and distances allow (least squares: pool adjacent violators).
  void settle(const std::vector<std::size_t>& row, const std::vector<double>& wish) {
    struct Pool {
      double sum;
      std::size_t size;
      double mean() const { return sum / static_cast<double>(size); }
    };
    std::vector<double> offset(row.size(), 0);
    std::vector<Pool> pools;
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i > 0) offset[i] = offset[i - 1] + distance(row[i - 1], row[i]);
      pools.push_back({wish[i] - offset[i], 1});
      while (pools.size() > 1) {
        const Pool last = pools.back();
        Pool& before = pools[pools.size() - 2];
        if (before.mean() <= last.mean()) break;
        before = {before.sum + last.sum, before.size + last.size};
        pools.pop_back();
      }
    }
    std::size_t i = 0;
    for (const Pool& pool : pools)
      for (std::size_t n = 0; n < pool.size; ++n, ++i)
        vertices_[row[i]].centre.y = pool.mean() + offset[i];
  }

  void place_across() {
    for (const auto& row : rows_) settle(row, std::vector<double>(row.size(), 0));
    for (int round = 0; round < 2 * kSweeps; ++round)
      for (std::size_t n = 0; n < rows_.size(); ++n)
        pull(rows_[round % 2 == 0 ? n : rows_.size() - 1 - n]);
  }

  void pull(const std::vector<std::size_t>& row) {
    std::vector<double> wish;
    for (const std::size_t i : row) {
      double sum = 0;
      for (const std::size_t j : left_[i]) sum += vertices_[j].centre.y;
      for (const std::size_t j : right_[i]) sum += vertices_[j].centre.y;
      const std::size_t count = left_[i].size() + right_[i].size();
      wish.push_back(count == 0 ? vertices_[i].centre.y : sum / static_cast<double>(count));
    }
    settle(row, wish);
  }

  /// All boxes of a layer are as wide as the widest: so arrows bend between layers only, and pass
  /// no box from behind.
  void place_along() {
    double x = 0;
    for (const auto& row : rows_) {
      double width = 0;
      std::size_t arrows = 0;
      for (const std::size_t i : row) {
        width = std::max(width, vertices_[i].width);
        arrows += right_[i].size();
      }
      for (const std::size_t i : row) {
        vertices_[i].centre.x = x + width / 2;
        vertices_[i].width = width;
      }
      width_ = x + width;
      x = width_ + std::min(kLayerGap + kGapPerArrow * static_cast<double>(arrows), kWidestGap);
    }
  }

  Drawing result() {
    double top = 0;
    double bottom = 0;
    for (const Box& box : vertices_) {
      top = std::min(top, box.centre.y - box.height / 2);
      bottom = std::max(bottom, box.centre.y + box.height / 2);
    }
    for (Box& box : vertices_) box.centre.y -= top;
    Drawing drawing;
    for (const auto& chain : chains_) drawing.paths.push_back(path(chain));
    vertices_.resize(real_);
    drawing.boxes = std::move(vertices_);
    drawing.width = width_;
    drawing.height = bottom - top;
    return drawing;
  }

  std::vector<Point> path(const std::vector<std::size_t>& chain) const {
    std::vector<Point> points;
    for (std::size_t n = 0; n < chain.size(); ++n) {
      const Box& box = vertices_[chain[n]];
      if (n > 0) points.push_back({box.centre.x - box.width / 2, box.centre.y});
      if (n + 1 < chain.size()) points.push_back({box.centre.x + box.width / 2, box.centre.y});
    }
    return points;
  }

  std::size_t real_;
  std::vector<Box> vertices_;
  std::vector<std::size_t> layer_;
  std::vector<std::vector<std::size_t>> left_;
  std::vector<std::vector<std::size_t>> right_;
  std::vector<std::vector<std::size_t>> chains_;
  std::vector<std::vector<std::size_t>> rows_;
  double width_ = 0;
};

}  // namespace

Drawing lay_out(const std::vector<Box>& boxes, const Edges& edges) {
  if (boxes.empty()) return {};
  return Layout(boxes, edges).draw();
}

}  // namespace stackctl::cli
