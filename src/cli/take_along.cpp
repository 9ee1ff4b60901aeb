#include "cli/take_along.h"

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "stackctl/address.h"

namespace stackctl::cli {
namespace {

using Names = std::set<std::string, std::less<>>;

struct Edge {
  std::string_view from;
  std::string_view to;
};

/// "web" stands for all of web[0], web[1], ... as well.
bool holds(const Names& names, std::string_view resource) {
  return names.contains(resource) || names.contains(declared_name(resource));
}

Names owned_resources(const engine::Live& live, std::string_view stack) {
  Names owned;
  for (const engine::BoundObject& bound : live.objects)
    if (engine::owned_by(bound.object, stack))
      owned.emplace(resource_of(bound.object.mark->address));
  return owned;
}

/// Adds to `names` what they lead to and is there.
void follow(std::vector<std::string>& names, const std::vector<Edge>& edges, const Names& there) {
  Names reached(names.begin(), names.end());
  for (bool grew = true; grew;) {
    grew = false;
    for (const Edge& edge : edges) {
      if (!holds(reached, edge.from) || holds(reached, edge.to)) continue;
      reached.emplace(edge.to);
      if (there.contains(edge.to)) names.emplace_back(edge.to);
      grew = true;
    }
  }
}

}  // namespace

void take_along(engine::PlanOptions& options, const engine::Desired& declared,
                const engine::Live& live) {
  if (options.targets.empty() && options.excludes.empty()) return;
  std::vector<Edge> to_needing;
  std::vector<Edge> to_needed;
  for (const engine::DesiredObject& object : declared.objects) {
    for (const std::string& need : object.needs) {
      to_needing.push_back({resource_of(need), object.resource});
      to_needed.push_back({object.resource, resource_of(need)});
    }
  }
  const Names there = owned_resources(live, declared.stack);
  follow(options.targets, to_needing, there);
  follow(options.excludes, to_needed, there);
}

}  // namespace stackctl::cli
