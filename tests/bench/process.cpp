// What a program costs, as the kernel counts it.
#include <algorithm>
#include <chrono>
#include <fcntl.h>
#include <spawn.h>
#include <stdexcept>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

#include "bench/bench.h"

namespace bench {
namespace {

using namespace stackctl;

struct Cost {
  double cpu = 0;
  double wall = 0;
  double megabytes = 0;
  int status = 0;
};

double seconds(const timeval& time) {
  constexpr double kMicroseconds = 1e6;
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / kMicroseconds;
}

/// Its output goes nowhere, its messages to ours.
Cost run(char* const arguments[]) {
  posix_spawn_file_actions_t actions{};
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  const auto began = std::chrono::steady_clock::now();
  pid_t child = 0;
  if (posix_spawnp(&child, arguments[0], &actions, nullptr, arguments, environ) != 0)
    throw std::runtime_error(std::string("cannot run ") + arguments[0]);
  rusage usage{};
  Cost cost;
  wait4(child, &cost.status, 0, &usage);
  posix_spawn_file_actions_destroy(&actions);
  constexpr double kKilobytes = 1024;
  cost.wall = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  cost.cpu = seconds(usage.ru_utime) + seconds(usage.ru_stime);
  cost.megabytes = static_cast<double>(usage.ru_maxrss) / kKilobytes;
  return cost;
}

double median(const std::vector<Cost>& costs, double Cost::*figure) {
  std::vector<double> values;
  values.reserve(costs.size());
  for (const Cost& cost : costs) values.push_back(cost.*figure);
  std::ranges::sort(values);
  return values[values.size() / 2];
}

}  // namespace

Value command(int runs, char* const arguments[]) {
  std::vector<Cost> costs;
  for (int i = 0; i < std::max(runs, 1); ++i) costs.push_back(run(arguments));
  const int status = costs.back().status;
  return Map{{"cpu_seconds", median(costs, &Cost::cpu)},
             {"wall_seconds", median(costs, &Cost::wall)},
             {"peak_megabytes", median(costs, &Cost::megabytes)},
             {"runs", runs},
             {"exit_code", WIFEXITED(status) ? WEXITSTATUS(status) : -1}};
}

}  // namespace bench
