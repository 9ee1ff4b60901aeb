// A stack of two made-up kinds, loaded from a text.
#pragma once

#include <string>

#include "stack/stack.h"

namespace stackctl::stack {

/// Loads `text` behind a head that names the stack and the provider, in two lines. The kinds are
/// `group` (label, rules, output id) and `node` (size, script, peers, groups, main, tags; outputs
/// id, address and members).
Loaded load_stack(const std::string& text);

/// All faults as "line:column: summary (hint)", one a line.
std::string told(const Loaded& loaded);

/// "web[0] web[1]": the addresses of all declarations.
std::string addresses(const Loaded& loaded);

/// The declaration at `address`, or an empty one.
const Declaration& at(const Loaded& loaded, std::string_view address);

/// `value` when every attribute is known: `web[0].address` is then the text "<web[0].address>".
Value known(const Value& value);

}  // namespace stackctl::stack
