// What a Kubernetes cluster does with its node pools.
#pragma once

#include "simulator/type.h"

namespace stackctl::simulator {

/// The pools of the cluster, as they are shown.
Json nodepools_of(Account& account, std::string_view cluster);

}  // namespace stackctl::simulator
