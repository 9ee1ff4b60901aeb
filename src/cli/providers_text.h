// What each provider can realise, and how.
#pragma once

#include <span>

#include "cli/style.h"
#include "stackctl/provider.h"
#include "stackctl/resource.h"

namespace stackctl::cli {

/// A table of kinds and providers, and the native types of each provider.
Text providers_text(std::span<const Kind* const> kinds, std::span<const Provider* const> providers);

/// One provider in full: settings, credentials, kinds, native types and their limits.
Text provider_text(std::span<const Kind* const> kinds, const Provider& provider);

Map providers_record(std::span<const Kind* const> kinds,
                     std::span<const Provider* const> providers);

}  // namespace stackctl::cli
