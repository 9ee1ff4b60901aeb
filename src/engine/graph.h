// Directed graphs of indices: "node i needs these nodes first".
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace stackctl::engine {

using Needs = std::vector<std::vector<std::size_t>>;

/// Every node after all that it needs; nodes without an order keep that of their indices. Nothing
/// when there is a cycle.
std::optional<std::vector<std::size_t>> order(const Needs& needs);

/// The members of one cycle, each needing the next; empty when there is none.
std::vector<std::size_t> find_cycle(const Needs& needs);

/// For each node the weight of the heaviest path that begins with it and goes on to what needs it.
/// The graph must have no cycle.
std::vector<double> remaining_path(const Needs& needs, const std::vector<double>& weights);

}  // namespace stackctl::engine
