// One of the `listeners` of a load balancer, in the words of AWS.
#pragma once

#include <string>

#include "stackctl/lowering.h"

namespace stackctl::aws {

struct BalancerListener {
  const Value& entry;
  std::string path;  ///< of the entry: "listeners[0]"
  Diagnostics& faults;

  bool is_web() const;  ///< http or https
  /// "HTTP"
  std::string protocol() const;
  Value target_port() const;
  /// Adds what is beyond AWS's limits to the faults.
  void check_health() const;
  /// At least two: AWS takes nothing out after a single failure.
  std::int64_t retries() const;
};

/// What balancers, target groups and databases may be called: `name`, of letters, digits and
/// hyphens.
std::string plain_name(std::string_view name, std::size_t longest);

}  // namespace stackctl::aws
