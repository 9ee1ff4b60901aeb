// XML text to and from values, as far as clouds use it: elements that hold either text or elements.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "stackctl/diagnostic.h"
#include "stackctl/value.h"

namespace stackctl::xml {

/// Parses hostile text: depth at most 64, size at most 16 MiB. `<a><b>1</b><b>2</b><c/></a>`
/// becomes {a: {b: ["1", "2"], c: ""}}. Namespaces and XML attributes are dropped, entities of a
/// DTD are not expanded.
Result<Value> parse(std::string_view text);

/// What the outermost element of a parsed text holds, whatever its name: clouds are loose with it.
const Value& content(const Value& document);

/// The elements of one name, whether there are none, one or several.
std::span<const Value> each(const Value& elements);

/// The inverse of `parse` for one element called `root`: maps are elements by name, lists repeat
/// their element. Numbers and booleans are written as text, null is an empty element.
std::string write(std::string_view root, const Value& value, std::string_view name_space = {});

}  // namespace stackctl::xml
