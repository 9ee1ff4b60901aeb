#include "cli/graph.h"

#include <catch2/catch.hpp>

#include "cli/layout.h"
#include "golden/golden.h"
#include "golden/made_up.h"

namespace stackctl::testing {
namespace {

using cli::Fate;

cli::Graph shop() {
  cli::Graph graph;
  graph.name = "shop \"1\" <test>";
  graph.nodes = {{"image", "toy.image", Fate::looked_up},
                 {"web-sg", "toy.group", Fate::unchanged},
                 {"web-sg/tcp-80-from-anywhere", "toy.rule", Fate::add},
                 {"db-sg", "toy.group", Fate::change},
                 {"db", "toy.server", Fate::replace},
                 {"lb", "toy.balancer", Fate::unchanged},
                 {"web", "toy.pool", Fate::change},
                 {"lb/listener-80", "toy.listener", Fate::add},
                 {"old", "toy.server", Fate::destroy}};
  graph.edges = {{1, 2}, {1, 3}, {0, 4}, {3, 4}, {0, 6}, {1, 6}, {4, 6}, {5, 6}, {5, 7}, {6, 7}};
  return graph;
}

TEST_CASE("graph: for Graphviz") { check_golden("graphs/shop.dot", cli::dot_text(shop())); }
TEST_CASE("graph: for Mermaid") { check_golden("graphs/shop.mmd", cli::mermaid_text(shop())); }
TEST_CASE("graph: as SVG") { check_golden("graphs/shop.svg", cli::svg_text(shop())); }
TEST_CASE("graph: without objects") {
  check_golden("graphs/empty.svg", cli::svg_text({"x", {}, {}}));
}

TEST_CASE("graph: what goes needs what goes after it") {
  engine::Step rule = remove_step(rule_type(), "sg/rule", "1");
  engine::Step group = remove_step(group_type(), "sg", "2");
  group.needs = {0};
  engine::Desired desired;
  desired.stack = "shop";
  const cli::Graph graph = cli::make_graph(desired, plan_of({rule, group}));
  REQUIRE(graph.nodes.size() == 2);
  REQUIRE(graph.edges.size() == 1);
  CHECK(graph.nodes[graph.edges[0].from].address == "sg");
  CHECK(graph.nodes[graph.edges[0].to].address == "sg/rule");
}

TEST_CASE("layout: boxes do not overlap, arrows lead to the right") {
  std::vector<cli::Box> boxes(12, cli::Box{80, 40, {}});
  std::vector<std::pair<std::size_t, std::size_t>> edges;
  for (std::size_t i = 0; i < boxes.size(); ++i)
    for (std::size_t j = i + 1; j < boxes.size(); j += i + 1) edges.emplace_back(i, j);
  const cli::Drawing drawing = cli::lay_out(boxes, edges);
  for (std::size_t i = 0; i < drawing.boxes.size(); ++i)
    for (std::size_t j = i + 1; j < drawing.boxes.size(); ++j) {
      const cli::Box& a = drawing.boxes[i];
      const cli::Box& b = drawing.boxes[j];
      const bool apart =
          std::abs(a.centre.x - b.centre.x) >= 80 || std::abs(a.centre.y - b.centre.y) >= 40;
      CHECK(apart);
    }
  for (const std::vector<cli::Point>& path : drawing.paths)
    for (std::size_t i = 1; i < path.size(); ++i) CHECK(path[i - 1].x < path[i].x);
}

TEST_CASE("layout: arrows bend between layers only, so none passes behind a box") {
  // 1 is wide; the arrows from 0 and 2 beside it must not begin or end left or right of its sides.
  const std::vector<cli::Box> boxes = {{80, 40, {}}, {300, 40, {}}, {80, 40, {}}, {80, 40, {}}};
  const cli::Drawing drawing = cli::lay_out(boxes, {{0, 3}, {1, 3}, {2, 3}});
  for (const std::vector<cli::Point>& path : drawing.paths)
    CHECK(path.front().x >= drawing.boxes[1].centre.x + 150);
}

TEST_CASE("layout: a cycle is drawn all the same") {
  const cli::Drawing drawing = cli::lay_out({{10, 10, {}}, {10, 10, {}}}, {{0, 1}, {1, 0}});
  CHECK(drawing.boxes.size() == 2);
}

}  // namespace
}  // namespace stackctl::testing
