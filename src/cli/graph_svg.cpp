#include <algorithm>
#include <array>
#include <cstdio>
#include <string>

#include "cli/graph.h"
#include "cli/layout.h"
#include "cli/style.h"

namespace stackctl::cli {
namespace {

constexpr double kMargin = 24;
constexpr double kTitle = 34;
constexpr double kLegend = 40;
constexpr double kBoxHeight = 46;
/// Average widths of a character in the two sizes used; no font is asked.
constexpr double kWideCharacter = 7.9;
constexpr double kSmallCharacter = 6.4;

std::string number(double value) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.1f", value);
  return text.data();
}

std::string escaped(std::string_view text) {
  std::string result;
  for (const char byte : harmless(text)) {
    switch (byte) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      default:
        result += byte;
    }
  }
  return result;
}

std::string text_at(double x, double y, std::string_view attributes, std::string_view words) {
  return R"(  <text x=")" + number(x) + R"(" y=")" + number(y) + R"(" )" + std::string(attributes) +
         ">" + escaped(words) + "</text>\n";
}

std::string box_at(Point corner, double width, double height, Fate fate) {
  const FateStyle style = style_of(fate);
  return R"(  <rect x=")" + number(corner.x) + R"(" y=")" + number(corner.y) + R"(" width=")" +
         number(width) + R"(" height=")" + number(height) + R"(" rx="7" fill=")" +
         std::string(style.fill) + R"(" stroke=")" + std::string(style.stroke) +
         R"(" stroke-width="1.4")" + (fate == Fate::looked_up ? R"( stroke-dasharray="5 3")" : "") +
         "/>\n";
}

/// A smooth curve through the points that starts and ends level.
std::string curve(const std::vector<Point>& points) {
  constexpr double kArrow = 2;
  std::string path = "M" + number(points.front().x) + " " + number(points.front().y);
  for (std::size_t i = 1; i < points.size(); ++i) {
    const Point& from = points[i - 1];
    Point to = points[i];
    if (i + 1 == points.size()) to.x -= kArrow;
    const double bend = (to.x - from.x) / 2;
    path += " C" + number(from.x + bend) + " " + number(from.y) + " " + number(to.x - bend) + " " +
            number(to.y) + " " + number(to.x) + " " + number(to.y);
  }
  return R"(  <path d=")" + path +
         R"(" fill="none" stroke="#80868b" stroke-width="1.3" )"
         R"_(marker-end="url(#arrow)"/>)_"
         "\n";
}

std::string node_text(const Node& node, const Box& box) {
  const Point corner{kMargin + box.centre.x - box.width / 2,
                     kTitle + kMargin + box.centre.y - box.height / 2};
  const double middle = corner.x + box.width / 2;
  return "  <g>\n  <title>" + escaped(node.address) + ": " + std::string(style_of(node.fate).word) +
         "</title>\n" + box_at(corner, box.width, box.height, node.fate) +
         text_at(middle, corner.y + 20,
                 R"(text-anchor="middle" font-size="13" font-weight="600" fill="#202124")",
                 node.address) +
         text_at(middle, corner.y + 36, R"(text-anchor="middle" font-size="11" fill="#5f6368")",
                 node.type) +
         "  </g>\n";
}

struct Legend {
  std::string text;
  double width = 0;
};

double width_of(std::string_view words) {
  return kSmallCharacter * static_cast<double>(columns(words));
}

/// What the colours mean, and the arrows.
Legend legend_at(const Graph& graph, double y) {
  constexpr std::string_view kArrowWords = "from what is needed to what needs it";
  constexpr double kSymbol = 22;
  constexpr double kGap = 7;
  Legend legend;
  double x = kMargin;
  const auto add = [&](const std::string& symbol, std::string_view words) {
    legend.text +=
        symbol + text_at(x + kSymbol + kGap, y + 11.5, R"(font-size="11" fill="#5f6368")", words);
    legend.width = x + kSymbol + kGap + width_of(words);
    x = legend.width + kSymbol;
  };
  for (const Fate fate :
       {Fate::add, Fate::change, Fate::replace, Fate::destroy, Fate::unchanged, Fate::looked_up}) {
    const auto has_it = [&](const Node& node) { return node.fate == fate; };
    if (std::any_of(graph.nodes.begin(), graph.nodes.end(), has_it))
      add(box_at({x, y}, kSymbol, 14, fate), style_of(fate).word);
  }
  if (!graph.edges.empty()) add(curve({{x, y + 7}, {x + kSymbol, y + 7}}), kArrowWords);
  return legend;
}

Drawing drawing_of(const Graph& graph) {
  std::vector<Box> boxes;
  for (const Node& node : graph.nodes) {
    const double wide = kWideCharacter * static_cast<double>(columns(node.address));
    boxes.push_back({std::max(wide, width_of(node.type)) + 28, kBoxHeight, {}});
  }
  std::vector<std::pair<std::size_t, std::size_t>> edges;
  for (const Edge& edge : graph.edges) edges.emplace_back(edge.from, edge.to);
  return lay_out(boxes, edges);
}

}  // namespace

std::string svg_text(const Graph& graph) {
  Drawing drawing = drawing_of(graph);
  const double height = drawing.height + 2 * kMargin + kTitle + kLegend;
  const Legend legend = legend_at(graph, height - kMargin - 8);
  const double width = std::max({drawing.width + 2 * kMargin, legend.width + kMargin, 460.0});
  std::string text =
      R"(<svg xmlns="http://www.w3.org/2000/svg" width=")" + number(width) + R"(" height=")" +
      number(height) + R"(" viewBox="0 0 )" + number(width) + " " + number(height) +
      R"(" font-family="system-ui, 'Segoe UI', Helvetica, Arial, sans-serif">)"
      "\n"
      R"(  <defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" )"
      R"(markerHeight="7" orient="auto"><path d="M0 0.8 L7.5 4 L0 7.2 z" fill="#80868b"/>)"
      "</marker></defs>\n"
      R"(  <rect width="100%" height="100%" fill="#ffffff"/>)"
      "\n";
  text += text_at(kMargin, kMargin + 8, R"(font-size="15" font-weight="600" fill="#202124")",
                  "Stack " + graph.name);
  for (std::vector<Point>& path : drawing.paths) {
    for (Point& point : path) point = {point.x + kMargin, point.y + kMargin + kTitle};
    text += curve(path);
  }
  for (std::size_t i = 0; i < graph.nodes.size(); ++i)
    text += node_text(graph.nodes[i], drawing.boxes[i]);
  return text + legend.text + "</svg>\n";
}

}  // namespace stackctl::cli
