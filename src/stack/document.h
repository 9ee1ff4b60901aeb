// YAML text as a tree in which every node knows its place.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "stack/source.h"
#include "stackctl/diagnostic.h"
#include "stackctl/value.h"

namespace stackctl::stack {

struct Entry;

/// A YAML value. Aliases are expanded (their nodes keep the place of the anchor), merge keys
/// merged.
struct Node {
  enum class Shape : std::uint8_t { null, scalar, list, map };

  Place place;
  Shape shape = Shape::null;
  bool is_plain = false;  ///< of a scalar: written without quotes
  std::string text;       ///< of a scalar
  std::vector<Node> items;
  std::vector<Entry> entries;  ///< in the order of the file; keys are unique

  bool is_null() const { return shape == Shape::null; }
  bool is_scalar() const { return shape == Shape::scalar; }
  bool is_list() const { return shape == Shape::list; }
  bool is_map() const { return shape == Shape::map; }

  /// The entry called `key`, or null.
  const Entry* find(std::string_view key) const;
};

struct Entry {
  std::string key;
  Place place;  ///< of the key
  Node value;
};

Location locate(const Node& node);
Location locate_key(const Entry& entry);

/// Parses `source`, which must be one YAML document. Nothing when it is no YAML; `faults` then says
/// why. Duplicate keys, keys that are no texts and bad aliases are faults too, but do not stop it.
/// Hostile input is bounded: 64 MiB of text, depth 100, a million nodes and 64 MiB from aliases.
std::optional<Node> parse_document(const Source& source, Diagnostics& faults);

/// A scalar by the rules of YAML 1.2's core schema: null, booleans, integers, numbers, else text.
Value scalar_value(const Node& node);
/// The same for text without quotes.
Value plain_value(std::string_view text);

/// The whole tree as a value; nothing in it is evaluated.
Value to_value(const Node& node);

}  // namespace stackctl::stack
