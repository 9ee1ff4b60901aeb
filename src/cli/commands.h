// One function for each command, each in a file of its own.
#pragma once

#include "cli/options.h"
#include "cli/world.h"

namespace stackctl::cli {

int run_plan(const Options& options, World& world);
int run_apply(const Options& options, World& world);
int run_destroy(const Options& options, World& world);
int run_scale(const Options& options, World& world);
int run_adopt(const Options& options, World& world);
int run_drift(const Options& options, World& world);
int run_validate(const Options& options, World& world);
int run_show(const Options& options, World& world);
int run_explain(const Options& options, World& world);
int run_output(const Options& options, World& world);
int run_graph(const Options& options, World& world);
int run_unlock(const Options& options, World& world);
int run_simulate(const Options& options, World& world);
int run_providers(const Options& options, World& world);
int run_schema(const Options& options, World& world);
int run_docs(const Options& options, World& world);
int run_completion(const Options& options, World& world);
int run_version(const Options& options, World& world);

}  // namespace stackctl::cli
