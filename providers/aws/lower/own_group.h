// Security groups that lowerings make for what nobody gave one.
#pragma once

#include <string_view>
#include <vector>

#include "stackctl/lowering.h"
#include "stackctl/provider.h"

namespace stackctl::aws {

/// What a group lets in.
struct Opening {
  Value port;
  std::string_view protocol = "tcp";
  Value from = {};  ///< CIDR blocks and addresses; null: anywhere
  std::string_view origin = {};
};

/// The group "ADDRESS/firewall" around what `declaration` makes, which is added to `lowered`.
Value own_group(const Declaration& declaration, const LoweringContext& context,
                const std::vector<Opening>& openings, Lowered& lowered);

}  // namespace stackctl::aws
