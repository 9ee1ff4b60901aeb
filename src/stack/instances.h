// The instances of a resource: one, or as many as its `count` or `for_each` wants.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "stack/attribute.h"
#include "stack/context.h"
#include "stack/lazy.h"
#include "stackctl/resource.h"

namespace stackctl::stack {

struct Instance {
  std::string address;  ///< "web", "web[0]", "nodes[\"a\"]"
  Value key;            ///< its index or its key; null: it is the only one
  Value value;          ///< each.value
  Lazy is_present;
  std::vector<Lazy> values;  ///< of the attributes, parallel to the entries of the body
  Places::Members locations;
};

/// "web[0]", "nodes[\"a\"]". The key is an integer or a text.
std::string instance_address(std::string_view resource, const Value& key);

/// The `count` or `for_each` of `resource`; null when it has none. A `count` that the kind has for
/// an attribute is none.
const Entry* find_repetition(const Entry& resource, const Kind& kind);

/// The instances that `repetition` wants, in order; nothing after a report.
std::optional<std::vector<Instance>> repeat(const Entry& resource, const Entry& repetition,
                                            const Scope& scope, Context& context);

/// What the expressions of `instance` see: `outer`, and its own `each` or `count`. Both must
/// outlive the result.
Scope scope_of(const Instance& instance, const Scope& outer);

}  // namespace stackctl::stack
