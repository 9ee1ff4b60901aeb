// The files of a stack as one document.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "stack/context.h"

namespace stackctl::stack {

/// Reads `files` with all that they include: what a file includes lies below it, and each file on
/// top of those before it. A file that was read already is not read again. Nothing when one of them
/// cannot be used; that is reported then.
std::optional<Node> read_files(std::span<const std::string> files, Context& context);

}  // namespace stackctl::stack
