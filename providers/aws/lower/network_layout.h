// How a network is divided into subnets.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "stackctl/diagnostic.h"
#include "stackctl/resource.h"
#include "stackctl/schema.h"

namespace stackctl::aws {

struct SubnetPlace {
  std::string name;  ///< "public-a", or "public-a-2" for the second one there
  std::string zone;  ///< as written: "a", or the whole name
  std::string block;
  std::string origin;  ///< in the declaration
};

enum class Nat { none, one, per_zone };

struct NetworkLayout {
  std::vector<SubnetPlace> publics;
  std::vector<SubnetPlace> privates;
  Nat nat = Nat::none;
};

/// The keys of the network's block `aws` that say it.
Schema layout_schema();

/// Nothing, and faults, when what the declaration says cannot be.
std::optional<NetworkLayout> layout_of(const Declaration& declaration, Diagnostics& faults);

}  // namespace stackctl::aws
