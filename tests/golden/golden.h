// Texts that must stay as they are. `STACKCTL_ACCEPT=1` in the environment accepts new ones.
#pragma once

#include <string>
#include <string_view>

namespace stackctl::testing {

/// Compares `actual` with the file tests/golden/`path`.
void check_golden(std::string_view path, const std::string& actual);

}  // namespace stackctl::testing
