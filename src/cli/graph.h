// The objects of a stack, what needs what, and what the plan does to them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "engine/desired.h"
#include "engine/plan.h"

namespace stackctl::cli {

enum class Fate { unchanged, looked_up, add, change, replace, destroy };

struct Node {
  std::string address;
  std::string type;
  Fate fate = Fate::unchanged;
};

/// `to` needs `from`: indexes of nodes.
struct Edge {
  std::size_t from = 0;
  std::size_t to = 0;
};

struct Graph {
  std::string name;
  std::vector<Node> nodes;
  std::vector<Edge> edges;
};

Graph make_graph(const engine::Desired& desired, const engine::Plan& plan);

struct FateStyle {
  std::string_view word;  ///< "create"
  std::string_view fill;
  std::string_view stroke;
};
FateStyle style_of(Fate fate);

/// For Graphviz, for Mermaid, and drawn here.
std::string dot_text(const Graph& graph);
std::string mermaid_text(const Graph& graph);
std::string svg_text(const Graph& graph);

}  // namespace stackctl::cli
