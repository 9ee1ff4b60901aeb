#include "engine/bound.h"

#include <algorithm>

namespace stackctl::engine {

std::vector<std::size_t> critical_path(const Plan& plan, const std::vector<StepResult>& results) {
  const auto later = [&](std::size_t a, std::size_t b) {
    return results[a].finished < results[b].finished;
  };
  std::vector<std::size_t> ended;
  for (std::size_t i = 0; i < results.size(); ++i)
    if (results[i].outcome == Outcome::done || results[i].outcome == Outcome::failed)
      ended.push_back(i);
  std::vector<std::size_t> path;
  if (ended.empty()) return path;
  std::size_t step = *std::ranges::max_element(ended, later);
  path.push_back(step);
  while (!plan.steps[step].needs.empty()) {
    step = *std::ranges::max_element(plan.steps[step].needs, later);
    path.push_back(step);
  }
  std::ranges::reverse(path);
  return path;
}

Duration longest_chain(const Plan& plan, const Report& report) {
  std::vector<Duration> earliest(plan.steps.size());
  Duration longest{};
  for (std::size_t i = 0; i < plan.steps.size() && i < report.results.size(); ++i) {
    Duration start{};
    for (const std::size_t need : plan.steps[i].needs)
      if (need < i) start = std::max(start, earliest[need]);
    earliest[i] = start + (report.results[i].finished - report.results[i].started);
    longest = std::max(longest, earliest[i]);
  }
  return longest;
}

Duration rate_bound(const LaneCounts& before, const LaneCounts& after) {
  double longest = 0;
  for (const auto& [lane, count] : after) {
    const auto earlier = before.find(lane);
    const std::size_t known = earlier == before.end() ? 0 : std::min(earlier->second, count);
    const Lane limit = lane.first->lane(lane.second);
    const double held_back = static_cast<double>(count - known) - limit.burst;
    if (limit.per_second > 0) longest = std::max(longest, held_back / limit.per_second);
  }
  return std::chrono::duration_cast<Duration>(std::chrono::duration<double>(longest));
}

Duration lower_bound(const Plan& plan, const Report& report) {
  return std::max(longest_chain(plan, report), report.rate_bound);
}

}  // namespace stackctl::engine
