// What the YAML parser tells, with places in the file.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

#include "stack/source.h"
#include "stackctl/diagnostic.h"

namespace stackctl::stack {

struct Event {
  enum class Kind : std::uint8_t { document, null, scalar, list, list_end, map, map_end, alias };

  Kind kind = Kind::null;
  Place place;              ///< of the value itself, behind its anchor and tag
  std::string_view text;    ///< of a scalar
  std::string_view anchor;  ///< the name that the node is given, or that the alias means
  bool is_plain = false;    ///< of a scalar: no quotes or tag makes it a text
};

/// Why something ended early, or nothing.
using Refusal = std::optional<Diagnostic>;

/// Hands the events of `source` to `take`, which may refuse to go on. What an event holds lives as
/// long as the call.
Refusal read_events(const Source& source, const std::function<Refusal(const Event&)>& take);

}  // namespace stackctl::stack
