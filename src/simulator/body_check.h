// Checks a request body or a query against a field table.
#pragma once

#include <optional>

#include "simulator/type.h"

namespace stackctl::simulator {

/// Nothing when `body` is an object that fits; else 400 with every fault, or 404 when all is well
/// formed but a reference names an object that does not exist or is being deleted.
std::optional<Answer> check_body(Account& account, const Json& body, std::span<const Field> fields);

/// Arguments must be known, not empty, occur once, and fit.
std::optional<Answer> check_query(const http::Fields& query, std::span<const Field> fields);

}  // namespace stackctl::simulator
