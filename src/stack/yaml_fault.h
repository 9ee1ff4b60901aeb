// Why a text is no YAML document, in words that help.
#pragma once

#include <optional>
#include <string_view>

#include "stack/source.h"
#include "stackctl/diagnostic.h"

namespace stackctl::stack {

Diagnostic placed(Diagnostic diagnostic, Location location);

/// What the parser's words mean for the author of the file: its `problem` at `place`, met while it
/// was in something that begins at `begin`.
Diagnostic explain_parser(const Place& place, std::string_view problem, const Place& begin = {},
                          std::string_view context = {});

/// Refuses what is too big or no UTF-8, before it is parsed.
std::optional<Diagnostic> check_text(const Source& source);

}  // namespace stackctl::stack
