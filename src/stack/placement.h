// From the path of a fault to its place in the file.
#pragma once

#include <string_view>

#include "stack/document.h"
#include "stackctl/schema.h"

namespace stackctl::stack {

/// The place of the value at `path` ("ingress[0].port") below `parent`; of its key when `schema`
/// does not let it be declared; of the nearest value around it when the file does not spell it out.
Location place(const Entry& parent, const Schema& schema, std::string_view path);

}  // namespace stackctl::stack
