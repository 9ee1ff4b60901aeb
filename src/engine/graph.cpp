#include "engine/graph.h"

#include <algorithm>
#include <functional>
#include <queue>

namespace stackctl::engine {
namespace {

Needs reverse(const Needs& needs) {
  Needs needed_by(needs.size());
  for (std::size_t node = 0; node < needs.size(); ++node)
    for (const std::size_t need : needs[node]) needed_by[need].push_back(node);
  return needed_by;
}

}  // namespace

std::optional<std::vector<std::size_t>> order(const Needs& needs) {
  const Needs needed_by = reverse(needs);
  std::vector<std::size_t> missing(needs.size());
  std::priority_queue<std::size_t, std::vector<std::size_t>, std::greater<>> ready;
  for (std::size_t node = 0; node < needs.size(); ++node)
    if ((missing[node] = needs[node].size()) == 0) ready.push(node);

  std::vector<std::size_t> ordered;
  ordered.reserve(needs.size());
  while (!ready.empty()) {
    const std::size_t node = ready.top();
    ready.pop();
    ordered.push_back(node);
    for (const std::size_t dependent : needed_by[node])
      if (--missing[dependent] == 0) ready.push(dependent);
  }
  if (ordered.size() < needs.size()) return std::nullopt;
  return ordered;
}

std::vector<std::size_t> find_cycle(const Needs& needs) {
  enum class Mark : unsigned char { fresh, open, closed };
  std::vector<Mark> marks(needs.size(), Mark::fresh);
  std::vector<std::size_t> path;
  std::vector<std::size_t> next_edge(needs.size(), 0);
  for (std::size_t root = 0; root < needs.size(); ++root) {
    if (marks[root] != Mark::fresh) continue;
    path.push_back(root);
    marks[root] = Mark::open;
    while (!path.empty()) {
      const std::size_t node = path.back();
      if (next_edge[node] == needs[node].size()) {
        marks[node] = Mark::closed;
        path.pop_back();
        continue;
      }
      const std::size_t next = needs[node][next_edge[node]++];
      if (marks[next] == Mark::open) return {std::ranges::find(path, next), path.end()};
      if (marks[next] == Mark::closed) continue;
      marks[next] = Mark::open;
      path.push_back(next);
    }
  }
  return {};
}

std::vector<double> remaining_path(const Needs& needs, const std::vector<double>& weights) {
  const Needs needed_by = reverse(needs);
  std::vector<double> remaining(needs.size(), 0);
  const auto dependents_first = order(needed_by);
  for (const std::size_t node : *dependents_first) {
    double behind = 0;
    for (const std::size_t dependent : needed_by[node])
      behind = std::max(behind, remaining[dependent]);
    remaining[node] = weights[node] + behind;
  }
  return remaining;
}

}  // namespace stackctl::engine
