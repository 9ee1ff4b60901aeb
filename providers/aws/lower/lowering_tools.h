// What several lowerings need.
#pragma once

#include <string>
#include <string_view>

#include "aws/types/type.h"
#include "stackctl/lowering.h"
#include "stackctl/provider.h"

namespace stackctl::aws {

/// A name cut to `longest` characters: its end makes way for a digest of the whole.
std::string short_name(std::string_view name, std::size_t longest);

/// The subnets that something of `declaration` is in: those of its (first) network, or, without
/// one, the default subnets of the region's first two zones, which are looked up (and added to
/// `lowered`). `network` is the value of the attribute that names networks.
Value subnets_of(const Declaration& declaration, const Value& network, bool is_public,
                 Lowered& lowered);
/// One of them.
Value subnet_of(const Declaration& declaration, const Value& network, bool is_public,
                Lowered& lowered);
/// The network itself; null without one: AWS takes the region's default.
Value vpc_of(const Value& network);
/// The same, but the region's default is looked up (and added to `lowered`): for what has to name
/// its network.
Value vpc_or_default(const Declaration& declaration, const Value& network, Lowered& lowered);

/// What is there already, found by these attributes, and never changed. It stands at `address` in
/// `lowered`, once. `origin` is the path in the declaration that says what is wanted.
Value look_up(std::string address, const Type& type, const Map& wanted, Lowered& lowered,
              std::string_view origin = {});

}  // namespace stackctl::aws
