#include "cli/graph.h"

#include <map>

#include "cli/entries.h"

namespace stackctl::cli {
namespace {

Fate fate_of(const Entry& entry) {
  switch (entry.effect) {
    case Effect::destroy:
      return Fate::destroy;
    case Effect::replace:
      return Fate::replace;
    case Effect::change:
    case Effect::wait:
    case Effect::run:
      return Fate::change;
    case Effect::add:
      break;
  }
  return Fate::add;
}

class Builder {
 public:
  explicit Builder(const engine::Desired& desired) { graph_.name = desired.stack; }

  Graph build(const engine::Desired& desired, const engine::Plan& plan) {
    for (const engine::DesiredObject& object : desired.objects)
      node(object.object.address, *object.object.type).fate =
          object.object.is_lookup ? Fate::looked_up : Fate::unchanged;
    for (const Entry& entry : entries(plan))
      if (entry.effect != Effect::run)
        node(entry.step->address, *entry.step->type).fate = fate_of(entry);
    for (const engine::DesiredObject& object : desired.objects)
      for (const std::string& need : object.needs) edge(need, object.object.address);
    for (const engine::Step& step : plan.steps) removal_edges(plan, step);
    return std::move(graph_);
  }

 private:
  Node& node(const std::string& address, const ResourceType& type) {
    const auto [place, is_new] = places_.try_emplace(address, graph_.nodes.size());
    if (is_new) graph_.nodes.push_back({address, std::string(type.name), Fate::unchanged});
    return graph_.nodes[place->second];
  }

  void edge(const std::string& from, const std::string& to) {
    const auto source = places_.find(from);
    const auto target = places_.find(to);
    if (source == places_.end() || target == places_.end() || source == target) return;
    const Edge edge{source->second, target->second};
    if (seen_.try_emplace({edge.from, edge.to}).second) graph_.edges.push_back(edge);
  }

  /// What is removed first needed what is removed after it.
  void removal_edges(const engine::Plan& plan, const engine::Step& step) {
    if (effect_of(step) != Effect::destroy || step.partner) return;
    for (const std::size_t need : step.needs)
      if (effect_of(plan.steps[need]) == Effect::destroy && !plan.steps[need].partner)
        edge(step.address, plan.steps[need].address);
  }

  Graph graph_;
  std::map<std::string, std::size_t, std::less<>> places_;
  std::map<std::pair<std::size_t, std::size_t>, bool> seen_;
};

std::string escaped(std::string_view text) {
  std::string result;
  for (const char byte : text) {
    if (byte == '"' || byte == '\\') result += '\\';
    result += byte;
  }
  return result;
}

/// Mermaid has no escapes, but entities.
std::string entities(std::string_view text) {
  std::string result;
  for (const char byte : text) {
    if (byte == '"')
      result += "#quot;";
    else
      result += byte;
  }
  return result;
}

}  // namespace

Graph make_graph(const engine::Desired& desired, const engine::Plan& plan) {
  return Builder(desired).build(desired, plan);
}

FateStyle style_of(Fate fate) {
  switch (fate) {
    case Fate::looked_up:
      return {"looked up", "#ffffff", "#80868b"};
    case Fate::add:
      return {"create", "#e6f4ea", "#1e8e3e"};
    case Fate::change:
      return {"update in-place", "#fef7e0", "#b06000"};
    case Fate::replace:
      return {"replace", "#f3e8fd", "#8430ce"};
    case Fate::destroy:
      return {"destroy", "#fce8e6", "#c5221f"};
    case Fate::unchanged:
      break;
  }
  return {"unchanged", "#f1f3f4", "#5f6368"};
}

std::string dot_text(const Graph& graph) {
  std::string text = "digraph \"" + escaped(graph.name) +
                     "\" {\n  rankdir=LR;\n"
                     "  node [shape=box, style=\"rounded,filled\", fontname=\"sans-serif\"];\n";
  for (const Node& node : graph.nodes) {
    const FateStyle style = style_of(node.fate);
    text += "  \"" + escaped(node.address) + "\" [label=\"" + escaped(node.address) + "\\n" +
            escaped(node.type) + "\", fillcolor=\"" + std::string(style.fill) + "\", color=\"" +
            std::string(style.stroke) + "\", tooltip=\"" + std::string(style.word) + "\"];\n";
  }
  for (const Edge& edge : graph.edges)
    text += "  \"" + escaped(graph.nodes[edge.from].address) + "\" -> \"" +
            escaped(graph.nodes[edge.to].address) + "\";\n";
  return text + "}\n";
}

std::string mermaid_text(const Graph& graph) {
  std::string text = "flowchart LR\n";
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
    const Node& node = graph.nodes[i];
    text += "  n" + std::to_string(i) + "[\"" + entities(node.address) + "<br/>" +
            entities(node.type) + "\"]\n";
  }
  for (const Edge& edge : graph.edges)
    text += "  n" + std::to_string(edge.from) + " --> n" + std::to_string(edge.to) + "\n";
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
    const FateStyle style = style_of(graph.nodes[i].fate);
    text += "  style n" + std::to_string(i) + " fill:" + std::string(style.fill) +
            ",stroke:" + std::string(style.stroke) + "\n";
  }
  return text;
}

}  // namespace stackctl::cli
