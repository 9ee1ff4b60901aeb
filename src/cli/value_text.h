// Values and their differences for people.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "cli/style.h"
#include "stackctl/value.h"

namespace stackctl::cli {

/// One line: `"text"`, `[1, 2]`, `(secret)`, `(known after apply: ${lb.address})`. Texts of several
/// lines are only described.
std::string value_line(const Value& value);

/// What follows "name = ": one line where it fits, else a block whose end stands at `indent`.
/// `whole` shows long texts line by line.
Text value_block(const Value& value, std::size_t indent, Label label, bool whole);

/// What follows "name = " for a value that changes. A secret on one side hides both.
Text change_block(const Value& before, const Value& after, std::size_t indent, bool whole);

}  // namespace stackctl::cli
