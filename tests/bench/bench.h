// The parts of the benchmark, beside offline.h. Each gives its figures as a map.
#pragma once

#include <cstddef>

#include "stackctl/value.h"

namespace bench {

using stackctl::Value;

/// A plan against a simulated cloud that holds so many objects of the stack.
Value plan(std::size_t objects);

/// Creates so many objects in virtual time, in front of a cloud that costs nothing.
Value engine_alone(std::size_t objects);

/// The same with the provider of Exoscale and its simulator.
Value apply(std::size_t objects);

/// Scales a pool to so many members, behind a balancer that has to find them healthy.
Value members(std::size_t count);

/// The WordPress example beside a client that looks four times a second at everything.
Value example(std::size_t unused);

/// Runs a command so many times: medians of CPU, time and memory.
Value command(int runs, char* const arguments[]);

}  // namespace bench
