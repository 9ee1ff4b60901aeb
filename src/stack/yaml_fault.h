// Why a text is no YAML document, in words that help.
#pragma once

#include <optional>
#include <string_view>

#include "stack/source.h"
#include "stackctl/diagnostic.h"

namespace stackctl::stack {

Diagnostic placed(Diagnostic diagnostic, Location location);

/// What the parser's `message` at `place` means for the author of the file.
Diagnostic explain_parser(const Place& place, std::string_view message);

/// Refuses what is too big or no UTF-8, before it is parsed.
std::optional<Diagnostic> check_text(const Source& source);

}  // namespace stackctl::stack
