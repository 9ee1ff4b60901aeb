// What a run cost in API calls.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <utility>

#include "cli/style.h"
#include "engine/dispatcher.h"
#include "stackctl/value.h"

namespace stackctl::cli {

class CallStats {
 public:
  struct Figures {
    std::size_t calls = 0;
    std::size_t failures = 0;  ///< not accepted, whatever became of the repeat
    Duration time{};           ///< sum over the calls
    std::size_t sent_bytes = 0;
    std::size_t received_bytes = 0;

    Figures& operator+=(const Figures& other);
  };

  void add(const engine::Attempt& attempt);

  Figures total() const;
  /// One line for each host and operation, and the sum.
  Text text() const;
  Map record() const;

 private:
  std::map<std::pair<std::string, std::string>, Figures> by_operation_;  ///< host, operation
};

}  // namespace stackctl::cli
