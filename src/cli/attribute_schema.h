// JSON schemas of attributes, for editors.
#pragma once

#include <string_view>

#include "stackctl/schema.h"
#include "stackctl/value.h"

namespace stackctl::cli {

/// Where the schema keeps what these refer to.
Map attribute_definitions();

/// `schema` with a text that editors show.
Map described(Map schema, std::string_view help);
Map of_type(std::string_view type);
/// One of these values.
Map one_of(const std::vector<std::string_view>& words);
/// What `schema` says, or an expression.
Map or_expression(Map schema);

/// What an attribute may be, with its help.
Map schema_of(const Attribute& attribute);
/// The declarable attributes, and nothing else. `required` is left out when `is_partial`.
Map schema_of(const Schema& members, bool is_partial = false);
/// The names of the attributes that must be given.
List required_names(const Schema& members);

}  // namespace stackctl::cli
