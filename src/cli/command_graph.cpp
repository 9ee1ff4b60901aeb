#include "cli/change.h"
#include "cli/commands.h"
#include "cli/graph.h"

namespace stackctl::cli {
namespace {

std::string drawn(const Graph& graph, const std::string& format) {
  if (format == "svg") return svg_text(graph);
  return format == "mermaid" ? mermaid_text(graph) : dot_text(graph);
}

}  // namespace

int run_graph(const Options& options, World& world) {
  return with_session(options, world, [&](Session& session, Screen& screen) -> int {
    session.read_only();
    const std::optional<Planned> planned = session.plan(session.stack().resources, options.plan);
    if (!planned) return kFailure;
    screen.faults(planned->plan.faults);
    screen.raw(drawn(make_graph(planned->desired, planned->plan), options.graph_format));
    return has_errors(planned->plan.faults) ? kFailure : kSuccess;
  });
}

}  // namespace stackctl::cli
