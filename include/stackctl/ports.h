// The ports of a firewall rule, as stack files write them: `port: 80`, `ports: 8000-8080`, or
// neither for all.
#pragma once

#include <string>

#include "stackctl/diagnostic.h"
#include "stackctl/value.h"

namespace stackctl {

struct Ports {
  Value first;  ///< may be a reference
  Value last;
  std::string origin;  ///< path of what says so
};

/// Those of the rule `entry`, which stands at `path`. `lowest` is the first of all the ports.
Ports ports_of(const Value& entry, const std::string& path, int lowest, Diagnostics& faults);

/// For protocols without ports: whatever names one is a fault.
void refuse_ports(const Value& entry, const std::string& path, Diagnostics& faults);

}  // namespace stackctl
