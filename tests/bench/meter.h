// CPU time of this thread.
#pragma once

#include <ctime>

namespace bench {

inline double cpu_seconds() {
  constexpr double kNanoseconds = 1e9;
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / kNanoseconds;
}

/// Adds the time of its life to `sum`.
class Meter {
 public:
  explicit Meter(double& sum) : sum_(sum), began_(cpu_seconds()) {}
  ~Meter() { sum_ += cpu_seconds() - began_; }
  Meter(const Meter&) = delete;
  Meter& operator=(const Meter&) = delete;

 private:
  double& sum_;
  double began_;
};

}  // namespace bench
