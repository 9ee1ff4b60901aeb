// The text of a stack file and places in it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "stackctl/diagnostic.h"

namespace stackctl::stack {

/// A file that was read. Nodes point to it, so it must outlive them and stay where it is.
struct Source {
  std::string name;
  std::string text;
};

/// A byte of a source. Line and column count from 1, the column in bytes.
struct Place {
  const Source* source = nullptr;
  std::uint32_t offset = 0;
  std::uint32_t line = 0;
  std::uint32_t column = 0;
};

/// `place`, seen by a reader: columns in characters. `length` in bytes; cut at the end of the line.
Location locate(const Place& place, std::size_t length);

/// The place `offset`, somewhere behind `from`.
Place advance(Place from, std::size_t offset);

/// How many bytes the YAML token at `place` takes on its line: a quoted text with its quotes, a
/// flow collection to its end, a word.
std::size_t token_length(const Place& place);

/// Where in the source the byte `index` of a scalar's value stands, when `place` is the scalar's
/// beginning. Knows the quotes, escapes, folded lines and block indentation of YAML.
std::size_t source_offset(const Place& place, std::string_view value, std::size_t index);

}  // namespace stackctl::stack
