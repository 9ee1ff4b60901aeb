// Files for nobody else's eyes.
#pragma once

#include <string>
#include <string_view>

#include "stackctl/diagnostic.h"

namespace stackctl::cli {

/// Writes `text` to `path`, all or nothing, readable and writable by its owner only.
Result<bool> write_private_file(const std::string& path, std::string_view text);

}  // namespace stackctl::cli
